"""The last good site survives kills, full disks, missing rights and builds at the same time; and nothing leaves the machine."""

import os
import subprocess
import sys
import textwrap

import pytest

from tests.articles import write_sample
from tests.killing import digest, finish, kill_builds, start, two_contents

AS_ROOT = os.geteuid() == 0


def test_builds_killed_at_random_moments_lose_nothing(tmp_path):
    result = kill_builds(tmp_path, 6, seed=1)
    assert result.kills == 6
    assert not result.lost


def test_two_builds_at_once_leave_one_whole_site(tmp_path):
    contents, site = two_contents(tmp_path, 2), tmp_path / "public" / "site"
    whole = set()
    for content in contents:
        assert finish(start(content, site)) == (0, "")
        whole.add(digest(site))
    running = [start(contents[i % 2], site) for i in range(4)]
    assert [finish(one) for one in running] == [(0, "")] * 4
    assert digest(site) in whole
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_full_disk_leaves_the_last_site(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(disk)]
    if not AS_ROOT or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        small, large = write_sample(tmp_path / "small"), two_contents(tmp_path / "large", 12)[0]
        assert finish(start(small, disk / "site")) == (0, "")
        before = digest(disk / "site")
        code, message = finish(start(large, disk / "site"))
        assert code == 3
        assert "the disk is full" in message
        assert "Traceback" not in message
        assert digest(disk / "site") == before
        assert [path.name for path in disk.iterdir()] == ["site"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_folder_without_permission_leaves_the_last_site(tmp_path):
    content, public = write_sample(tmp_path / "content"), tmp_path / "public"
    assert finish(start(content, public / "site")) == (0, "")
    before = digest(public / "site")
    public.chmod(0o500)
    try:
        code, message = finish(start(content, public / "site"))
        assert code == 3
        assert "no permission" in message
        assert digest(public / "site") == before
    finally:
        public.chmod(0o700)


WATCHED = textwrap.dedent("""
    import os, sys
    def forbid(event, args):
        if event.startswith(("socket.", "urllib.", "http.client.", "ftplib.", "smtplib.")):
            os.write(2, f"NETWORK {event} {args}\\n".encode())
            os._exit(99)
    sys.addaudithook(forbid)
    from generator.cli import main
    main()
""")


def test_a_build_opens_no_socket(tmp_path):
    content = write_sample(tmp_path / "content")
    (content / "a.html").write_text(
        "<html><head><link rel=canonical href='https://example.org/a'><base href='https://example.org/'></head>"
        "<body><img src='https://example.org/a.png'><p>The ferry stayed at its pier until the water fell again.</p></body></html>"
    )
    (content / "b.md").write_text(
        "---\nurl: https://example.org/\n---\n![x](https://example.org/x.png) A story of a pier."
    )
    (content / "c.jsonl").write_text('{"text": "A story of a quay.", "url": "https://example.org/c"}\n')
    command = [sys.executable, "-c", WATCHED, "build", str(content), "--out", str(tmp_path / "site"), "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "NETWORK" in done.stderr) == (0, False), done.stderr
    probe = subprocess.run([sys.executable, "-c", WATCHED.replace("from generator.cli import main\nmain()",
        "import socket; socket.getaddrinfo('localhost', 80)")], capture_output=True, check=False)  # fmt: skip
    assert probe.returncode == 99


def test_a_build_needs_no_network(tmp_path):
    content = write_sample(tmp_path / "content")
    cut_off = ["unshare", "-rn"]
    try:
        subprocess.run([*cut_off, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the network can't be cut off here")
    command = [
        *cut_off,
        sys.executable,
        "-m",
        "generator",
        "build",
        str(content),
        "--out",
        str(tmp_path / "site"),
        "--no-cache",
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_nothing_of_the_machine_stands_in_a_site(tmp_path):
    home = tmp_path / "home-of-tattletale"
    content = write_sample(home / "desk-in-whispering-lane")
    (content / "empty.txt").write_bytes(b"")
    (content / "link.txt").symlink_to("/etc/hostname")
    (content / "bad.jsonl.gz").write_bytes(b"no gzip")
    (content / "archive.parquet").write_bytes(b"no parquet")
    (home / "house-templates").mkdir()
    (home / "house-templates" / "404.html").write_text("{% extends 'built-in/404.html' %}")
    (home / "twicetold.toml").write_text("[site]\ntemplates = 'house-templates'\n")
    told = {"USER": "tattletale", "LOGNAME": "tattletale", "HOME": str(home), "TZ": "Pacific/Kiritimati"}
    command = [sys.executable, "-m", "generator", "build", str(content), "--out", str(home / "site"), "--no-cache"]
    subprocess.run([*command, "--config", str(home / "twicetold.toml")], env=os.environ | told, check=True, cwd=home)
    telling = [
        b"tattletale",
        b"whispering",
        b"Kiritimati",
        os.fsencode(tmp_path.name),
        b"/etc/",
        os.uname().nodename.encode(),
    ]
    for file in (home / "site").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [word for word in telling if word in data], file
