"use strict";
(function () {
  var table = document.getElementById("cluster-table");
  var body = table.tBodies[0];
  var rows = Array.from(body.rows);
  var heads = Array.from(table.tHead.rows[0].cells);
  var fields = {};
  var status = make("p", { "class": "status", role: "status" });
  var sorted = "";

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function values(name) {
    var found = new Set();
    rows.forEach(function (row) {
      row.dataset[name].split("|").forEach(function (value) { if (value) { found.add(value); } });
    });
    return Array.from(found);
  }

  function field(key, text, input) {
    var label = make("label", {}, text);
    label.append(input);
    fields[key] = input;
    input.addEventListener("input", update);
    return label;
  }

  function choice(options) {
    var select = make("select");
    select.append(make("option", { value: "" }, "any"));
    options.forEach(function (value) { select.append(make("option", { value: value }, value)); });
    return select;
  }

  function fits(row) {
    var about = row.dataset;
    var words = fields.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var text = row.textContent.toLowerCase() + " " + about.sources.toLowerCase();
    var min = parseFloat(fields.min.value);
    return words.every(function (word) { return text.includes(word); }) &&
      (isNaN(min) || parseFloat(row.cells[5].dataset.v) * 100 >= min) &&
      (!fields.verdict.value || about.verdicts.split("|").includes(fields.verdict.value)) &&
      (!fields.source.value || about.sources.split("|").includes(fields.source.value)) &&
      (!fields.from.value || (about.last && about.last >= fields.from.value)) &&
      (!fields.to.value || (about.first && about.first <= fields.to.value));
  }

  function update() {
    var shown = 0;
    rows.forEach(function (row) {
      row.hidden = !fits(row);
      if (!row.hidden) { shown += 1; }
    });
    status.textContent = shown + " of " + rows.length + " shown";
    remember();
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
    body.append.apply(body, rows);
    heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
    sorted = (down ? "-" : "") + column;
    remember();
  }

  heads.forEach(function (head, column) {
    var button = make("button", { type: "button" }, head.textContent);
    button.addEventListener("click", function () {
      var now = head.getAttribute("aria-sort");
      sortBy(column, now ? now === "ascending" : head.dataset.sort === "number");
    });
    head.replaceChildren(button);
  });

  var filters = document.getElementById("filters");
  filters.hidden = rows.length < 3;
  filters.className = "filters";
  filters.setAttribute("role", "search");
  filters.setAttribute("aria-label", "Filter the clusters");
  var folder = make("details", {});
  folder.open = matchMedia("(min-width: 44rem)").matches || location.search.length > 1;
  var grid = make("div", { "class": "fields" });
  folder.append(make("summary", {}, "Filter"), grid);
  filters.append(folder, status);
  grid.append(
    field("q", "Words", make("input", { type: "search" })),
    field("min", "Reuse from, %", make("input", { type: "number", min: "0", max: "100", step: "5" })),
    field("verdict", "Verdict", choice(values("verdicts"))),
    field("source", "Source", choice(values("sources").sort())),
    field("from", "Dated from", make("input", { type: "date" })),
    field("to", "to", make("input", { type: "date" }))
  );
  var query = new URLSearchParams(location.search);
  Object.keys(fields).forEach(function (key) { if (query.get(key)) { fields[key].value = query.get(key); } });
  var order = query.get("sort") || "";
  if (/^-?[0-8]$/.test(order)) { sortBy(Math.abs(parseInt(order, 10)), order.startsWith("-")); }
  update();
})();
