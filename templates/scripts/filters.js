"use strict";
// Stands right behind the place of the filter, so that nothing moves once the table below it is shown.
(function () {
  var filters = document.getElementById("filters");
  var about = filters.dataset;
  var total = parseInt(about.total, 10);
  var folder = make("details", {});
  var grid = make("div", { "class": "fields" });

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function field(name, text, input) {
    var label = make("label", {}, text);
    input.name = name;
    label.append(input);
    return label;
  }

  function choice(values) {
    var select = make("select", {});
    select.append(make("option", { value: "" }, "any"));
    values.split("\n").filter(Boolean).forEach(function (value) { select.append(make("option", { value: value }, value)); });
    return select;
  }

  grid.append(
    field("q", "Words", make("input", { type: "search" })),
    field("min", "Reuse from, %", make("input", { type: "number", min: "0", max: "100", step: "5" })),
    field("verdict", "Verdict", choice(about.verdicts)),
    field("source", "Source", choice(about.sources)),
    field("from", "Dated from", make("input", { type: "date" })),
    field("to", "to", make("input", { type: "date" }))
  );
  folder.append(make("summary", {}, "Filter"), grid);
  folder.open = matchMedia("(min-width: 44rem)").matches || location.search.length > 1;
  filters.hidden = total < 3;
  filters.className = "filters";
  filters.setAttribute("role", "search");
  filters.setAttribute("aria-label", "Filter the clusters");
  var shown = parseInt(about.shown, 10).toLocaleString("en") + " of " + total.toLocaleString("en") + " shown";
  filters.append(folder, make("p", { "class": "status", role: "status" }, shown));
})();
