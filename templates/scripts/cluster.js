"use strict";
(function () {
  var make = twicetold.make, button = twicetold.button;
  var rows = Array.from(document.querySelectorAll(".row"));
  var changes = rows.filter(function (row) { return !row.classList.contains("verbatim"); });
  var section = document.getElementById("diffs");
  var store = {
    get: function (key) { try { return localStorage.getItem(key); } catch (error) { return null; } },
    set: function (key, value) { try { localStorage.setItem(key, value); } catch (error) { return; } }
  };
  var status = make("span", { "class": "status", role: "status" });

  function setQuery(key, value) {
    var query = new URLSearchParams(location.search);
    if (value) { query.set(key, value); } else { query.delete(key); }
    var text = query.toString();
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash); } catch (error) { return; }
  }

  function cell(row, unwanted, missing) {
    var paragraph = make("p");
    var copy = row.querySelector(".text").cloneNode(true);
    copy.querySelectorAll(unwanted).forEach(function (element) { element.remove(); });
    copy.querySelectorAll(".was, del").forEach(function (element) { element.hidden = false; });
    if (copy.textContent.trim()) {
      paragraph.append.apply(paragraph, copy.childNodes);
    } else {
      paragraph.append(make("span", { "class": "none", lang: "en", dir: "ltr" }, missing));
    }
    return paragraph;
  }

  function buildCells(row) {
    if (row.querySelector(".cells")) { return; }
    var about = row.parentNode.dataset;
    var cells = make("div", { "class": "cells" + (row.querySelector(".whole") ? " whole" : "") });
    cells.append(cell(row, "ins, .now", "not in " + about.source), cell(row, "del, .was", "not in " + about.copy));
    row.append(cells);
  }

  function showSide(on) {
    if (on) { rows.forEach(buildCells); }
    section.classList.toggle("side", on);
    inline.setAttribute("aria-pressed", String(!on));
    side.setAttribute("aria-pressed", String(on));
    setQuery("view", on ? "side" : "");
  }

  function hideUnchanged(on) {
    section.querySelectorAll(".fold").forEach(function (element) { element.remove(); });
    rows.forEach(function (row) { row.hidden = false; });
    if (on) { section.querySelectorAll(".rows").forEach(foldRuns); }
    hide.setAttribute("aria-pressed", String(on));
    setQuery("hide", on ? "1" : "");
  }

  function foldRuns(container) {
    var children = Array.from(container.children);
    var same = children.map(function (row) { return row.classList.contains("verbatim"); });
    var far = children.map(function (row, index) {
      return same[index] && same[index - 1] !== false && same[index + 1] !== false;
    });
    var run = [];
    children.concat([null]).forEach(function (row, index) {
      if (row && far[index]) { run.push(row); return; }
      if (run.length) { fold(run); }
      run = [];
    });
  }

  function fold(run) {
    var text = run.length === 1 ? "Show 1 unchanged sentence" : "Show " + run.length + " unchanged sentences";
    var opener = button(text, function () {
      run.forEach(function (row) { row.hidden = false; });
      run[0].querySelector(".perma").focus();
      opener.remove();
    }, { "class": "fold", lang: "en", dir: "ltr" });
    run[0].before(opener);
    run.forEach(function (row) { row.hidden = true; });
  }

  function reveal(element) {
    for (var parent = element; parent; parent = parent.parentElement) {
      if (parent.tagName === "DETAILS") { parent.open = true; }
      if (parent.hidden) { hideUnchanged(false); }
    }
    element.scrollIntoView({ block: "center" });
  }

  function followHash() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* a % that is no escape stands for itself */ }
    if (!id) { return; }
    var plain = id.match(/^h-[0-9a-f]+/);
    var element = document.getElementById(id) || (plain && document.getElementById(plain[0]));
    if (element) { reveal(element); }
  }

  function step(by) {
    if (!changes.length) { return; }
    var here = document.activeElement && document.activeElement.closest(".row");
    var place = changes.indexOf(here);
    if (place < 0) {
      var top = here ? here.getBoundingClientRect().top : 0;
      var after = changes.findIndex(function (row) { return row.getBoundingClientRect().top > top + 1; });
      place = by > 0 ? (after < 0 ? 0 : after) : (after < 1 ? changes.length : after) - 1;
    } else {
      place = (place + by + changes.length) % changes.length;
    }
    var row = changes[place];
    reveal(row);
    row.querySelector(".perma").focus({ preventScroll: true });
    try { history.replaceState(null, "", location.pathname + location.search + "#" + row.id); } catch (error) { location.hash = row.id; }
    status.textContent = "Change " + (place + 1) + " of " + changes.length;
  }

  function copyLink(id) {
    twicetold.copy(location.href.split("#")[0] + "#" + id, "Link", function (copied) {
      status.textContent = copied ? "Link copied" : "Copy the address from the address bar";
    });
  }

  function makeHelp() {
    var dialog = make("dialog", { "aria-labelledby": "keys-title" });
    var list = make("ul", { "class": "plain" });
    [["n", "next change"], ["p", "previous change"], ["?", "this list"]].forEach(function (pair) {
      var item = make("li");
      item.append(make("kbd", {}, pair[0]), " " + pair[1]);
      list.append(item);
    });
    var label = make("label");
    var box = make("input", { type: "checkbox" });
    box.checked = keysOn;
    box.addEventListener("change", function () {
      keysOn = box.checked;
      store.set("twicetold-keys", keysOn ? "on" : "off");
    });
    label.append(box, " Single keys are on");
    var close = button("Close", function () { dialog.close(); });
    var note = make("p", {}, "");
    note.append(label);
    dialog.append(make("h2", { id: "keys-title" }, "Keys"), list, note, close);
    document.body.append(dialog);
    return dialog;
  }

  var keysOn = store.get("twicetold-keys") !== "off";
  var inline = button("Inline", function () { showSide(false); }, { "aria-pressed": "true" });
  var side = button("Side by side", function () { showSide(true); }, { "aria-pressed": "false" });
  var hide = button("Hide unchanged", function () { hideUnchanged(hide.getAttribute("aria-pressed") === "false"); }, { "aria-pressed": "false" });
  var help = null;
  function showHelp() { help = help || makeHelp(); help.showModal(); }

  var tools = document.getElementById("tools");
  tools.className = "tools";
  var group = make("span", { "class": "group", role: "group", "aria-label": "View" });
  group.append(inline, side);
  tools.append(group, hide, button("← Previous", function () { step(-1); }, { "aria-label": "Previous change" }), button("Next change →", function () { step(1); }), button("Keys", showHelp), status);

  section.querySelectorAll(".comparison").forEach(function (comparison) {
    comparison.querySelector(".heading").append(button("Copy link", function () { copyLink(comparison.id); }));
  });
  section.addEventListener("click", function (event) {
    var link = event.target.closest(".perma");
    if (link) { copyLink(link.getAttribute("href").slice(1)); }
  });
  document.addEventListener("keydown", function (event) {
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) { return; }
    if (event.key === "n") { step(1); } else if (event.key === "p") { step(-1); } else if (event.key === "?") { showHelp(); }
  });
  document.getElementById("printed-from").textContent = location.protocol === "file:" ? "" : location.href.split("#")[0];
  window.addEventListener("hashchange", followHash);
  var query = new URLSearchParams(location.search);
  if (query.get("view") === "side") { showSide(true); }
  if (query.get("hide") === "1") { hideUnchanged(true); }
  followHash();
})();
