"use strict";
var twicetold = (function () {
  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function button(text, action, attributes) {
    var element = make("button", Object.assign({ type: "button" }, attributes), text);
    element.addEventListener("click", action);
    return element;
  }

  function copy(text, label, tell) {
    function byHand() {
      var field = make("textarea", { "aria-label": label });
      var before = document.activeElement;
      field.value = text;
      document.body.append(field);
      field.select();
      var copied = document.execCommand("copy");
      field.remove();
      if (before) { before.focus(); }
      tell(copied);
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(function () { tell(true); }, byHand); } else { byHand(); }
  }

  return { make: make, button: button, copy: copy };
})();
