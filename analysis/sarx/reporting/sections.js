"use strict";
// The page's sections, each drawn from the data for the sex, muscle and arms that are chosen above.
const choice = {
  sex: data.sexes.length > 1 ? 1 : 0,
  muscle: Math.max(0, data.muscles.indexOf(data.muscle)),
  arms: new Set(data.arms.map((_, i) => i)),
};
const has = (id) => document.getElementById(id) !== null;
const sexWords = { all: "women and men", female: "women", male: "men" };
const spoken = (name) => name.replaceAll("_", " ");
const arms = () => data.arms.map((arm, i) => ({ ...arm, i })).filter((arm) => choice.arms.has(arm.i));
const treated = () => arms().filter((arm) => arm.i > 0);
const muscleOf = (name) => (data.variables[name].muscle ? choice.muscle : 0);
const where = (name) => (data.variables[name].muscle ? `, ${spoken(data.muscles[choice.muscle])}` : "");
const who = () => sexWords[data.sexes[choice.sex]];

function fresh(id) {
  const host = document.getElementById(id);
  host.replaceChildren();
  return host;
}

function pick(parent, words, options, chosen, act) {
  const label = node("label", {}, parent, `${words} `);
  const select = node("select", {}, label);
  options.forEach((text, i) => {
    const o = node("option", { value: i }, select, text);
    if (i === chosen) o.selected = true;
  });
  select.addEventListener("change", () => act(Number(select.value)));
  return select;
}

function controls() {
  const host = document.getElementById("controls");
  if (data.sexes.length > 1)
    pick(
      host,
      "People",
      data.sexes.map((s) => sexWords[s]),
      choice.sex,
      (i) => {
        choice.sex = i;
        draw();
      },
    );
  if (data.muscles.length > 1)
    pick(host, "Muscle", data.muscles.map(spoken), choice.muscle, (i) => {
      choice.muscle = i;
      draw();
    });
  data.arms.forEach((arm, i) => {
    const label = node("label", { class: "arm" }, host);
    const box = node("input", { type: "checkbox" }, label);
    box.checked = true;
    node("i", { style: `background:${armColour(i)}` }, label);
    label.append(arm.words + (i === 0 && data.arms.length > 1 ? " (reference)" : ""));
    box.addEventListener("change", () => {
      if (box.checked) choice.arms.add(i);
      else choice.arms.delete(i);
      draw();
    });
  });
}

function courseLines(name) {
  const few = choice.arms.size <= 3;
  return arms().map(({ i, words }) => {
    const [low, middle, high] = data.courses[name][i][choice.sex][muscleOf(name)];
    return { words, colour: armColour(i), values: middle, ...(i === 0 || few ? { low, high } : {}) };
  });
}

function ends(lines) {
  return lines
    .map((l) => {
      const k = l.values.filter(known);
      return `${l.words} from ${short(k[0])} to ${short(k[k.length - 1])}`;
    })
    .join("; ");
}

function drawCascade() {
  const grid = node("div", { class: "grid" }, fresh("cascade"));
  const panel = (title, note, unit, lines, from0) =>
    lineChart(grid, {
      title,
      note,
      unit,
      lines,
      from0,
      x: data.x,
      axis: data.axis,
      alt: `${title}: ${note}, ${who()}, over ${data.axis}. ${ends(lines)}.`,
    });
  data.levels.forEach(({ level, variable }, i) =>
    panel(
      `${i + 1}  ${level}`,
      data.variables[variable].words + where(variable),
      data.variables[variable].axis,
      courseLines(variable),
    ),
  );
  const burden = ["with_sarcopenia", "with_disability"].find((name) => data.shares[name]);
  if (burden)
    panel(
      `${data.levels.length + 1}  Diagnosis`,
      `${spoken(burden.slice(5))}, share of the living`,
      "fraction",
      arms().map(({ i, words }) => ({ words, colour: armColour(i), values: data.shares[burden][i][choice.sex] })),
      true,
    );
}

function drawTimeline() {
  const grid = node("div", { class: "grid two" }, fresh("timeline"));
  const [from, to] = extent(
    data.timeline.flatMap((row) =>
      ["tenth", "quarter"].flatMap((way) => (row[way] ? [atChoice(row[way]).filter((_, i) => choice.arms.has(i))] : [])),
    ),
  );
  for (const [way, title, axis] of [
    ["tenth", "A tenth off youth", "age from which the mean is a tenth off youth (years)"],
    ["quarter", "A quarter of its own way", "age at which a quarter of the way is gone (years)"],
  ])
    timelinePanel(grid, way, title, axis, [from, to]);
}

// Ages of the sex and muscle that are chosen, by arm.
const atChoice = (ages) => ages[choice.sex][ages[choice.sex].length > 1 ? choice.muscle : 0];

// One way of telling when measures leave youth, first to last.
function timelinePanel(grid, way, title, axis, span) {
  const rows = data.timeline
    .filter((row) => row[way])
    .map((row) => ({ ...row, at: atChoice(row[way]) }));
  const reference = rows.filter((row) => known(row.at[0])).sort((a, b) => a.at[0] - b.at[0]);
  if (!reference.length) return;
  const grip = reference.find((row) => row.name === "grip_strength_kg");
  const lead = (row) => {
    const age = Math.round(row.at[0]);
    if (!grip || row === grip) return `${age}`;
    const years = Math.round(grip.at[0] - row.at[0]);
    return `${age}, ${years === 0 ? "with grip" : `${Math.abs(years)} years ${years > 0 ? "before" : "after"} grip`}`;
  };
  dotChart(grid, {
    title,
    axis,
    span,
    label: true,
    merge: true,
    gap: 14,
    alt: `${title}, ${who()}, reference arm: ${reference.map((r) => `${r.words} at ${Math.round(r.at[0])}`).join(", ")}.`,
    rows: reference.map((row) => ({
      words: row.words,
      label: lead(row),
      dots: arms()
        .reverse()
        .map(({ i, words }) => ({
          colour: armColour(i),
          value: row.at[i],
          text: `${words}: at ${short(row.at[i])}`,
        })),
    })),
  });
}

let forestAt = null;
function drawForest() {
  const host = fresh("forest"),
    own = fresh("forest-controls");
  if (forestAt === null)
    forestAt = data.times.reduce(
      (best, v, i) => (Math.abs(v - data.at) < Math.abs(data.times[best] - data.at) ? i : best),
      0,
    );
  const label = node("label", {}, own, `${data.timesAxis.split(" (")[0]} `);
  const slide = node("input", { type: "range", min: 1, max: data.times.length - 1, value: forestAt }, label);
  const says = node("b", {}, label, ` ${moment(data.timesAxis, data.times[forestAt])}`);
  const plot = () => {
    host.replaceChildren();
    const names = data.measures.filter((name) => data.effects[name]);
    const ofMuscle = names.some((name) => data.variables[name].muscle)
      ? `Junctions, units and fibres are those of ${spoken(data.muscles[choice.muscle])}.`
      : "";
    dotChart(host, {
      gap: 9,
      note: ofMuscle,
      axis: "effect in standard deviations between people of a sex, right is better",
      reference: 0,
      alt: `Effects of each arm at ${short(data.times[forestAt])}, ${who()}; the table below holds effects at some ages, of women and men together.`,
      rows: names
        .map((name) => ({
          words: data.variables[name].words,
          dots: treated().map(({ i, words }) => {
            const effect = data.effects[name],
              m = muscleOf(name);
            const [mean, low, high, benefit] = effect.paired[i - 1][choice.sex][m].map((list) => list[forestAt]);
            const delta = effect.delta[i - 1][choice.sex][m][forestAt];
            const sign = data.variables[name].better === "lower" ? -1 : 1;
            const scaled = (v) => (known(v) && known(delta) && mean ? (sign * v * delta) / mean : null);
            const [a, b] = sign > 0 ? [low, high] : [high, low];
            return {
              colour: armColour(i),
              value: scaled(mean),
              low: scaled(a),
              high: scaled(b),
              text: `${words}: ${signed(mean)} ${data.variables[name].axis}${between(low, high)}${known(benefit) ? `; ${Math.round(100 * benefit)} % better off` : ""}`,
            };
          }),
        }))
        .filter((row) => row.dots.some((d) => known(d.value))),
    });
  };
  slide.addEventListener("input", () => {
    forestAt = Number(slide.value);
    says.textContent = ` ${moment(data.timesAxis, data.times[forestAt])}`;
    plot();
  });
  plot();
}

let explored = null;
function drawExplore() {
  const own = fresh("explore-controls"),
    names = Object.keys(data.variables);
  if (explored === null) explored = Math.max(0, names.indexOf("grip_strength_kg"));
  pick(own, "Variable", names.map(spoken), explored, (i) => {
    explored = i;
    plot();
  });
  const plot = () => {
    const host = fresh("explore"),
      name = names[explored],
      about = data.variables[name];
    const grid = node("div", { class: "grid two" }, host);
    const lines = courseLines(name);
    lineChart(grid, {
      title: "Course",
      note: about.words + where(name),
      unit: about.axis,
      lines,
      x: data.x,
      axis: data.axis,
      height: 240,
      alt: `${about.words}, ${who()}. ${ends(lines)}.`,
    });
    if (!data.effects || !data.effects[name]) return;
    const series = treated().map(({ i, words }) => {
      const [values, low, high] = data.effects[name].paired[i - 1][choice.sex][muscleOf(name)];
      return { words, colour: armColour(i), values, low, high };
    });
    lineChart(grid, {
      title: "Effect",
      note: `difference from ${data.arms[0].words}, the same people, both alive`,
      unit: about.axis,
      zero: true,
      lines: series,
      x: data.times,
      axis: data.timesAxis,
      height: 240,
      alt: `Effect on ${about.words}, ${who()}. ${ends(series)}.`,
    });
  };
  plot();
}

function drawSurvival() {
  const grid = node("div", { class: "grid" }, fresh("survival"));
  for (const [name, title] of [
    ["alive", "Alive"],
    ["free_of_sarcopenia", "Alive without sarcopenia"],
    ["free_of_disability", "Alive without disability"],
  ]) {
    if (!data.shares[name]) continue;
    const lines = arms().map(({ i, words }) => ({
      words,
      colour: armColour(i),
      values: data.shares[name][i][choice.sex],
    }));
    lineChart(grid, {
      title,
      unit: "fraction of those who began",
      lines,
      from0: true,
      x: data.times,
      axis: data.timesAxis,
      height: 210,
      alt: `${title}, ${who()}. ${ends(lines)}.`,
    });
  }
}

// An interval in words, or why there is none.
function between(low, high, told = signed) {
  return known(low) && known(high) ? ` (${told(low)} to ${told(high)})` : " (too few differ to tell how surely)";
}

function intervalRows(rows, text) {
  return rows
    .map((row) => ({
      words: row.words,
      dots: treated().map(({ i, words }) => {
        const v = row.values[choice.sex][i];
        return {
          colour: armColour(i),
          value: v[0],
          low: v[1],
          high: v[2],
          text: `${words}: ${text(v)}`,
        };
      }),
    }))
    .filter((row) => row.dots.some((d) => known(d.value)));
}

function drawYears() {
  const rows = intervalRows(
    data.years,
    (v) => `${signed(v[0])} years${between(v[1], v[2])}, ${short(v[3])} against ${short(v[4])}`,
  );
  dotChart(fresh("years"), {
    axis: "years gained for each person who began",
    reference: 0,
    rows,
    alt: `Years gained, ${who()}; the table below is of women and men together.`,
  });
}

function drawEvents() {
  const rows = intervalRows(
    data.events,
    (v) =>
      `ratio ${short(v[0])}${between(v[1], v[2], short)}, ${short(v[3])} against ${short(v[7])} per 1,000 person-years; ${signed(v[4])} averted per 1,000 people`,
  );
  if (!rows.length) {
    node("p", { class: "note" }, fresh("events"), "Too few events to compare, or the file does not tell them.");
    return;
  }
  dotChart(fresh("events"), {
    axis: "rate ratio, left is fewer",
    reference: 1,
    log: true,
    rows,
    alt: `Rate ratios of events, ${who()}; the table below is of women and men together.`,
  });
}

function drawFlow() {
  const host = fresh("flow");
  const steps = [
    ["eligible", "met the condition"],
    ["offered", "were offered it"],
    ["reached", "were reached"],
    ["dropped", "dropped out by the end"],
  ];
  for (const row of data.flow) {
    if (!choice.arms.has(row.arm)) continue;
    const panel = node("div", { class: "panel" }, host);
    node("h3", {}, panel, `${data.arms[row.arm].words}: ${row.words}`);
    const list = node("ol", { class: "flow", style: `--shade:${armColour(row.arm)}` }, panel);
    const adhered = row.tenYearsOn ? "adhere ten years on" : "took part at one time, at most";
    if (known(row.taken)) node("p", { class: "note" }, panel, `Of the time treated ${Math.round(100 * row.taken)} % was taken.`);
    for (const [name, words] of [["people", "simulated"], ...steps, ["adherent", adhered]]) {
      const item = node("li", {}, list);
      node("b", {}, item, (name === "people" ? data.people : row[name]).toLocaleString("en"));
      item.append(words);
    }
  }
}

const groupChoice = {
  arm: data.groups ? data.groups.all.reduce((best, by, i, all) => (by[0] > all[best][0] ? i : best), 0) : 0,
  measure: 0,
};
function drawGroups() {
  const g = data.groups,
    own = fresh("groups-controls");
  pick(
    own,
    "Arm",
    data.arms.slice(1).map((arm) => arm.words),
    groupChoice.arm,
    (i) => {
      groupChoice.arm = i;
      plot();
    },
  );
  pick(
    own,
    "Measure",
    g.measures.map((name) => data.variables[name].words),
    groupChoice.measure,
    (i) => {
      groupChoice.measure = i;
      plot();
    },
  );
  const plot = () => {
    const values = g.values[groupChoice.arm][groupChoice.measure],
      name = g.measures[groupChoice.measure];
    const colour = armColour(groupChoice.arm + 1);
    let next = 0;
    const rows = g.labels.flatMap(({ trait, parts }) =>
      parts.map((part, k) => {
        const [value, low, high] = values[next++];
        return {
          words: part,
          head: k === 0 ? trait : "",
          dots: [
            {
              colour,
              value,
              low,
              high,
              text: `${signed(value)} ${data.variables[name].axis}${between(low, high)}`,
            },
          ],
        };
      }),
    );
    const of = data.variables[name].muscle && g.muscle ? `, ${spoken(g.muscle)}` : "";
    dotChart(fresh("groups"), {
      axis: `effect ${data.timesAxis.startsWith("age") ? "at" : "after"} ${moment(data.timesAxis, g.at)} on ${data.variables[name].words}${of} (${data.variables[name].axis})`,
      reference: 0,
      line: g.all[groupChoice.arm][groupChoice.measure],
      rows,
      gap: 8,
      alt: `Effect of ${data.arms[groupChoice.arm + 1].words} by trait: ${rows.map((r) => `${r.head} ${r.words} ${short(r.dots[0].value)}`).join("; ")}.`,
    });
  };
  plot();
}
