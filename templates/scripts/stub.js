"use strict";
(function () {
  var link = document.querySelector("link[rel=canonical]");
  var name = decodeURIComponent(location.pathname.split("/").pop().replace(/\.html$/, ""));
  location.replace(link.getAttribute("href") + location.search + (location.hash || "#a-" + name));
})();
