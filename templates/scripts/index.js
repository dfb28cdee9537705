"use strict";
(function () {
  var table = document.getElementById("cluster-table");
  var body = table.tBodies[0];
  var rows = Array.from(body.rows);
  var heads = Array.from(table.tHead.rows[0].cells);
  var fields = {};
  var sorted = "";
  var filters = document.getElementById("filters");
  var status = filters.querySelector(".status");
  var about = filters.dataset;
  var missing = values("more");
  var waiting = [];
  var total = parseInt(about.total, 10);
  var most = rows.length;
  var pager = document.querySelector(".pages");

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function values(name) {
    return about[name].split("\n").filter(Boolean);
  }

  function fits(row) {
    var facts = row.dataset;
    var words = fields.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var text = row.textContent.toLowerCase() + " " + facts.sources.toLowerCase();
    var min = parseFloat(fields.min.value);
    return words.every(function (word) { return text.includes(word); }) &&
      (isNaN(min) || parseFloat(row.cells[5].dataset.v) * 100 >= min) &&
      (!fields.verdict.value || facts.verdicts.split("\n").includes(fields.verdict.value)) &&
      (!fields.source.value || facts.sources.split("\n").includes(fields.source.value)) &&
      (!fields.from.value || (facts.last && facts.last >= fields.from.value)) &&
      (!fields.to.value || (facts.first && facts.first <= fields.to.value));
  }

  // The rows of further pages come as scripts, because a page opened from a file may not fetch anything else.
  function whenAllAreHere(action) {
    if (!missing.length) { action(); return; }
    waiting.push(action);
    if (waiting.length === 1) {
      status.textContent = "Reading all clusters …";
      readNext();
    }
  }

  function readNext() {
    if (!missing.length) { waiting.splice(0).forEach(function (action) { action(); }); return; }
    var script = make("script", { src: missing[0] });
    script.onload = function () { missing.shift(); readNext(); };
    script.onerror = function () { missing = []; readNext(); };
    document.body.append(script);
  }

  window.twicetoldRows = function (html) {
    // A parsed document runs nothing, and its texts were escaped when it was built.
    var parsed = new DOMParser().parseFromString("<table><tbody>" + html, "text/html");
    rows = rows.concat(Array.from(parsed.querySelectorAll("tr"), function (row) { return document.adoptNode(row); }));
  };

  function show() {
    var found = rows.filter(fits);
    body.replaceChildren.apply(body, found.slice(0, most));
    say(found.length);
    remember();
  }

  function say(found) {
    var number = Math.min(found, most).toLocaleString("en") + " of ";
    if (!inUse()) { status.textContent = number + total.toLocaleString("en") + " shown"; return; }
    var fit = found > most ? found.toLocaleString("en") + " that fit shown" : total.toLocaleString("en") + " shown";
    status.textContent = number + fit + (rows.length < total ? "; the clusters of further pages could not be read" : "");
  }

  function inUse() {
    return sorted || Object.keys(fields).some(function (key) { return fields[key].value; });
  }

  function update() {
    if (pager) { pager.hidden = Boolean(inUse()); }
    if (inUse()) { whenAllAreHere(show); } else { show(); }
  }

  function remember() {
    var query = new URLSearchParams();
    Object.keys(fields).forEach(function (key) { if (fields[key].value) { query.set(key, fields[key].value); } });
    if (sorted) { query.set("sort", sorted); }
    var text = query.toString();
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash); } catch (error) { return; }
  }

  function value(row, column) {
    var cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent.trim() : cell.dataset.v;
  }

  function sortBy(column, down) {
    var numeric = heads[column].dataset.sort === "number";
    rows.sort(function (one, other) {
      var a = value(one, column), b = value(other, column);
      if (a === "" || b === "") { return (a === "") - (b === ""); }
      var order = numeric ? parseFloat(a) - parseFloat(b) : a.localeCompare(b);
      return down ? -order : order;
    });
    heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  function sortWhenHere(column, down) {
    sorted = (down ? "-" : "") + column;
    whenAllAreHere(function () { sortBy(column, down); update(); });
  }

  heads.forEach(function (head, column) {
    var button = make("button", { type: "button" }, head.textContent);
    button.addEventListener("click", function () {
      var now = head.getAttribute("aria-sort");
      sortWhenHere(column, now ? now === "ascending" : head.dataset.sort === "number");
    });
    head.replaceChildren(button);
  });

  filters.querySelectorAll("[name]").forEach(function (input) {
    fields[input.name] = input;
    input.addEventListener("input", update);
  });
  // A bar of the histogram leads to the clusters with at least its reuse; without this script, to the table.
  document.querySelectorAll(".histogram a").forEach(function (bar) {
    bar.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      fields.min.value = bar.dataset.min;
      filters.querySelector("details").open = true;
      update();
      var heading = document.getElementById("clusters");
      heading.tabIndex = -1;
      heading.focus();
    });
  });
  var query = new URLSearchParams(location.search);
  Object.keys(fields).forEach(function (key) { if (query.get(key)) { fields[key].value = query.get(key); } });
  var order = query.get("sort") || "";
  if (/^-?[0-8]$/.test(order)) { sortWhenHere(Math.abs(parseInt(order, 10)), order.startsWith("-")); } else if (inUse()) { update(); } else { say(rows.length); }
})();
