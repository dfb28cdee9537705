"use strict";
(function () {
  var make = twicetold.make, button = twicetold.button;
  var place = document.getElementById("reviewing");
  if (!place) { return; }
  var WORDS = { "fine": "fine", "credited": "credited", "needs-a-look": "needs a look", "not-acceptable": "not acceptable" };
  var GONE = "withdrawn", NAME = "twicetold-reviewer", LONGEST = 2000, WHEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
  var root = new URL(place.dataset.root, location.href);
  var prefix = "twicetold-review " + root.pathname + " ";
  var memory = {};
  var blocks = Array.from(document.querySelectorAll(".review[data-a]"));

  // Where storage is forbidden or full, marks live as long as the page does.
  function read(key) {
    if (key in memory) { return memory[key]; }
    try { return localStorage.getItem(key); } catch (error) { return null; }
  }
  function write(key, value) {
    try { localStorage.setItem(key, value); delete memory[key]; } catch (error) { memory[key] = value; }
  }
  function remove(key) {
    delete memory[key];
    try { localStorage.removeItem(key); } catch (error) { return; }
  }
  function keys() {
    var all = Object.keys(memory);
    try { all = all.concat(Object.keys(localStorage)); } catch (error) { /* only what the page remembers */ }
    return Array.from(new Set(all)).filter(function (key) { return key.startsWith(prefix); });
  }
  function forgetful() { return Object.keys(memory).length > 0; }

  function record(key) {
    try {
      var found = JSON.parse(read(key));
      return found && (Object.keys(WORDS).includes(found.mark) || found.mark === GONE) && WHEN.test(found.when) ? found : null;
    } catch (error) { return null; }
  }
  function keyOf(data) { return prefix + [data.a, data.b, data.aText, data.bText].join(" "); }
  function siblings(data) { return keys().filter(function (key) { return key.startsWith(prefix + data.a + " " + data.b + " "); }); }
  function records() {
    return keys().map(function (key) {
      var parts = key.slice(prefix.length).split(" "), found = record(key);
      return found && { a: parts[0], b: parts[1], a_text: parts[2], b_text: parts[3], mark: found.mark, note: String(found.note || ""), when: found.when, about: found.about, at: found.at };
    }).filter(Boolean).sort(function (one, other) { return one.when < other.when ? -1 : one.when > other.when ? 1 : 0; });
  }

  function now() { return new Date().toISOString().slice(0, 19) + "Z"; }
  function shown(when) {
    var date = new Date(when);
    return isNaN(date) ? when : date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  }
  function plural(number) { return number + (number === 1 ? " mark" : " marks"); }
  function titleOf(id) {
    var row = document.getElementById("a-" + id);
    var title = row && (row.querySelector(".title") || row.querySelector("a, span:not(.letter)"));
    return title ? title.textContent.trim() : id;
  }

  function build(block) {
    var data = block.dataset, key = keyOf(data), name = "mark-" + block.id;
    var form = make("fieldset", { "class": "own controls" });
    var options = make("div", { "class": "options" });
    var radios = Object.keys(WORDS).map(function (mark) {
      var label = make("label", { "class": mark }), radio = make("input", { type: "radio", name: name, value: mark });
      label.append(radio, make("span", {}, WORDS[mark]));
      options.append(label);
      radio.addEventListener("change", function () { save(mark); say("Saved: " + WORDS[mark] + ". " + kept()); });
      return radio;
    });
    var note = make("textarea", { rows: "2", maxlength: String(LONGEST) });
    var noteLabel = make("label", { "class": "note-label" }, "Note");
    noteLabel.append(note);
    var said = make("p", { "class": "saved", "aria-live": "polite" });
    var back = button("Take the mark back", function () {
      radios.forEach(function (radio) { radio.checked = false; });
      note.value = "";
      save(GONE);
      say("Your mark is taken back.");
      radios[0].focus();
    });
    var paper = make("p", { "class": "own-paper print-only" });
    var feet = make("div", { "class": "feet" });
    feet.append(back, said);
    form.append(make("legend", {}, "Your mark"), options, noteLabel, feet);
    note.addEventListener("input", function () { if (marked()) { save(marked()); } });
    note.addEventListener("change", function () {
      say(marked() ? "Saved, with the note. " + kept() : "Choose a mark: the note is kept with it.");
    });

    function marked() {
      var on = radios.find(function (radio) { return radio.checked; });
      return on ? on.value : "";
    }
    function kept() { return forgetful() ? "This browser keeps nothing: download your marks before you leave." : "In this browser only."; }
    function say(text) { said.textContent = text; }
    function save(mark) {
      siblings(data).forEach(function (old) { if (old !== key) { remove(old); } });
      write(key, JSON.stringify({
        mark: mark, note: note.value, when: now(),
        about: titleOf(data.a) + " / " + titleOf(data.b),
        at: location.pathname.slice(root.pathname.length) + "#" + block.id
      }));
      settle();
      refreshPanel();
    }
    function settle() {
      var found = record(key), live = found && found.mark !== GONE;
      back.hidden = !live;
      paper.textContent = live ? "Your mark: " + WORDS[found.mark] + (found.note ? ". " + found.note : "") : "";
      return live ? found : null;
    }
    function show() {
      var found = settle();
      radios.forEach(function (radio) { radio.checked = Boolean(found) && radio.value === found.mark; });
      if (found) { note.value = String(found.note || ""); }
      var old = found || record(key) ? null : siblings(data).map(record).find(function (one) { return one && one.mark !== GONE; });
      say(found ? "Marked on " + shown(found.when) + ". " + kept()
        : old ? "You marked this “" + WORDS[old.mark] + "” before one of the texts changed; that mark no longer counts." : "");
    }

    show();
    block.append(form, paper);
    var heading = block.closest(".comparison").querySelector(".heading");
    heading.append(make("a", { "class": "to-review controls", href: "#" + block.id }, "Mark this comparison"));
    return show;
  }

  var shows = blocks.map(build);

  var panel = make("section", { "class": "your-marks controls", "aria-labelledby": "your-marks" });
  var sum = make("p", {});
  var field = make("input", { type: "text", maxlength: "80", autocomplete: "name", spellcheck: "false" });
  var fieldLabel = make("label", {}, "Your name");
  var told = make("p", { "class": "saved", "aria-live": "polite" });
  fieldLabel.append(field);
  field.value = read(NAME) || "";
  field.addEventListener("change", function () {
    field.value = field.value.replace(/\s+/g, " ").trim();
    write(NAME, field.value);
    told.textContent = field.value ? "Your name is kept in this browser." : "";
  });
  function named() {
    if (field.value.trim()) { return field.value.trim(); }
    told.textContent = "Write your name first: it stands beside your marks.";
    field.focus();
    return "";
  }

  function download() {
    var name = named(), marks = records();
    if (!name) { return; }
    var review = {
      format: "twicetold-reviews", version: 1, reviewer: name, site: place.dataset.site.slice(0, 200), exported: now(),
      marks: marks.map(function (mark) {
        return { a: mark.a, b: mark.b, a_text: mark.a_text, b_text: mark.b_text, mark: mark.mark, note: mark.note.slice(0, LONGEST), when: mark.when };
      })
    };
    var plain = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "reviewer";
    var file = "review-" + plain + "-" + review.exported.slice(0, 10) + ".json";
    var address = URL.createObjectURL(new Blob([JSON.stringify(review, null, 1) + "\n"], { type: "application/json" }));
    make("a", { href: address, download: file }).click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
    told.textContent = "Downloaded as " + file + ".";
  }

  // Other pages of a host share its storage, and may have written what is no address.
  function addressOf(at) {
    try { return location.protocol === "file:" ? String(at || "") : new URL(at, root).href; } catch (error) { return ""; }
  }

  function copyText() {
    var name = named(), marks = records();
    if (!name) { return; }
    var lines = ["Review of " + place.dataset.site + " by " + name, plural(marks.length) + ", build " + place.dataset.build, ""];
    marks.forEach(function (mark) {
      var at = addressOf(mark.at);
      lines.push((WORDS[mark.mark] || "taken back").toUpperCase() + ": " + mark.about);
      if (mark.note) { lines.push("  " + mark.note.replace(/\n/g, "\n  ")); }
      lines.push("  " + at, "  " + mark.when, "");
    });
    twicetold.copy(lines.join("\n"), "Marks as text", function (copied) {
      told.textContent = copied ? plural(marks.length) + " copied; paste into a mail." : "This browser does not let the page copy; download the file.";
    });
  }

  function refreshPanel() {
    var marks = records(), live = marks.filter(function (mark) { return mark.mark !== GONE; });
    var counts = Object.keys(WORDS).map(function (name) {
      var number = live.filter(function (mark) { return mark.mark === name; }).length;
      return number ? number + " " + WORDS[name] : "";
    }).filter(Boolean);
    panel.hidden = !marks.length;
    sum.textContent = (live.length ? plural(live.length) + " on this site: " + counts.join(", ") + "." : "All your marks are taken back.")
      + (forgetful() ? " This browser keeps nothing: download them before you leave the page." : " They are kept in this browser only; nothing is sent anywhere.");
  }

  var row = make("div", { "class": "hand-on" });
  row.append(fieldLabel, button("Download as a file", download), button("Copy as text", copyText));
  panel.append(make("h2", { id: "your-marks" }, "Your marks"), sum,
    make("p", { "class": "note" }, "To hand them on, send the file or the text to whoever builds this site. The file goes into the folder “reviews” beside the articles."), row, told);
  refreshPanel();
  place.append(panel);
  window.addEventListener("storage", function (event) {
    if (event.key && !event.key.startsWith(prefix)) { return; }
    shows.forEach(function (show) { show(); });
    refreshPanel();
  });
})();
