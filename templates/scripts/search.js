"use strict";
(function () {
  var box = document.getElementById("search");
  if (!box) { return; }
  var without = document.getElementById("without");
  if (!/^https?:$/.test(location.protocol)) {
    without.textContent = "The texts can be searched only where this site is served by a host: a page that was opened from a file may not read the index. Look through the ";
    without.append(link("index.html#clusters", "table of clusters"), " instead; from three clusters on it has a filter for words in headlines and sources, verdicts, reuse, sources and dates.");
    return;
  }
  var step = 20;
  var shown = 0;
  var turn = 0;
  var results = [];
  var engine = null;
  var input = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  var label = make("label", { "class": "field" }, "Words in the articles");
  var status = make("p", { "class": "status", role: "status" });
  var list = make("ol", { "class": "found", "aria-label": "Articles found" });
  var more = make("button", { type: "button", id: "more", hidden: "" }, "Show more");
  var field = make("div", { role: "search" });
  label.append(input);
  field.append(label);
  without.replaceWith(field, status, list, more);

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function link(href, text) { return make("a", { href: href }, text); }

  function start() {
    if (!engine) {
      engine = import(new URL(box.dataset.bundle + "pagefind.js", document.baseURI).href).then(function (found) {
        return found.options({ excerptLength: 36 }).then(function () { return found; });
      });
      engine.catch(function () { engine = null; });
    }
    return engine;
  }

  // The excerpt is HTML with nothing but marks in it and `<` and `>` escaped; it is never parsed as HTML here.
  function excerpt(html) {
    var text = make("p");
    html.split(/(<mark>[^<]*<\/mark>)/).forEach(function (piece) {
      var inside = piece.startsWith("<mark>");
      var plain = piece.replace(/<\/?mark>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
      text.append(inside ? make("mark", {}, plain) : plain);
    });
    return text;
  }

  function item(data) {
    var meta = data.meta;
    var row = make("li");
    var door = link(data.raw_url, meta.title);
    var text = excerpt(data.excerpt);
    [door, text].forEach(function (element) {
      element.lang = meta.lang || "";
      element.dir = meta.dir || "auto";
    });
    var about = [meta.source, meta.date].filter(Boolean).join(" · ");
    row.append(door, text);
    if (about || meta.story) {
      var line = make("p", { "class": "about" }, about + (meta.story ? (about ? " · " : "") + "in the cluster of " : ""));
      if (meta.story) { line.append(make("span", { dir: "auto" }, meta.story)); }
      row.append(line);
    }
    return row;
  }

  function say() {
    var number = results.length;
    var articles = number.toLocaleString("en") + (number === 1 ? " article" : " articles") + " found";
    status.textContent = number ? articles + (number > shown ? "; " + shown + " shown" : "") : "No article holds these words";
    more.hidden = shown >= number;
  }

  function show(now) {
    var next = results.slice(shown, shown + step);
    return Promise.all(next.map(function (result) { return result.data(); })).then(function (all) {
      if (now !== turn) { return; }
      var rows = all.map(item);
      list.append.apply(list, rows);
      shown += rows.length;
      say();
      return rows[0];
    });
  }

  function search() {
    var words = input.value.trim();
    var now = turn += 1;
    remember(words);
    if (!words) { clear([]); status.textContent = ""; more.hidden = true; return; }
    status.textContent = "Searching …";
    start().then(function (found) { return found.search(words); }).then(function (answer) {
      if (now !== turn) { return; }
      clear(answer.results);
      return show(now);
    }).catch(function () {
      if (now === turn) { clear([]); more.hidden = true; status.textContent = "The index could not be read; the host may not serve the folder pagefind."; }
    });
  }

  function clear(found) {
    results = found;
    shown = 0;
    list.replaceChildren();
  }

  function remember(words) {
    try { history.replaceState(null, "", location.pathname + (words ? "?q=" + encodeURIComponent(words) : "")); } catch (error) { return; }
  }

  var waiting = 0;
  input.addEventListener("focus", function () { start().catch(function () { return null; }); }, { once: true });
  input.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(search, 200); });
  input.addEventListener("keydown", function (event) {
    if (event.key === "Enter") { clearTimeout(waiting); search(); }
  });
  more.addEventListener("click", function () {
    show(turn).then(function (row) { if (row) { row.querySelector("a").focus(); } });
  });
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) { search(); }
})();
