"use strict";
// Draws every section that the page has, now and whenever a choice or the width changes.
const sections = [
  ["cascade", drawCascade],
  ["timeline", drawTimeline],
  ["forest", drawForest],
  ["explore", drawExplore],
  ["survival", drawSurvival],
  ["years", drawYears],
  ["events", drawEvents],
  ["flow", drawFlow],
  ["groups", drawGroups],
  ["lives", drawLives],
  ["units", drawUnits],
];
function draw() {
  hideTip();
  for (const [id, act] of sections) if (has(id)) act();
}

controls();
draw();
let drawnWidth = innerWidth,
  waiting = 0;
addEventListener("resize", () => {
  if (innerWidth === drawnWidth) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    drawnWidth = innerWidth;
    draw();
  }, 150);
});
const find = document.getElementById("find");
if (find)
  find.addEventListener("input", () => {
    const wanted = find.value.toLowerCase();
    for (const row of document.querySelectorAll("#parameters tbody tr"))
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
document.documentElement.dataset.drawn = "yes";
