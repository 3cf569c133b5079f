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
const reference = data.arms[0].name;
const sex = () => data.sexes[choice.sex];
// What of numbers by arm, sex and muscle is of an arm, and of the sex and muscle that are chosen.
const chosenOf = (numbers, arm, name) =>
  numbers[arm][sex()][data.variables[name].muscle ? data.muscles[choice.muscle] : ""];
const where = (name) => (data.variables[name].muscle ? `, ${spoken(data.muscles[choice.muscle])}` : "");
const who = () => sexWords[sex()];

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
  return arms().map(({ i, name: arm, words }) => {
    const { p25, p50, p75 } = chosenOf(data.courses[name], arm, name);
    return { words, colour: armColour(i), values: p50, ...(i === 0 || few ? { low: p25, high: p75 } : {}) };
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
      alt: `${title}: ${note}, ${who()}, over ${data.axis.title}. ${ends(lines)}.`,
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
      arms().map(({ i, name, words }) => ({ words, colour: armColour(i), values: data.shares[burden][name][sex()] })),
      true,
    );
}

function drawTimeline() {
  const grid = node("div", { class: "grid two" }, fresh("timeline"));
  const [from, to] = extent(
    data.timeline.flatMap((row) =>
      ["tenth", "quarter"].flatMap((way) => (row[way] ? [arms().map(({ name }) => atChoice(row[way])[name])] : [])),
    ),
  );
  for (const [way, title, axis] of [
    ["tenth", "A tenth off youth", "age from which the mean is a tenth off youth (years)"],
    ["quarter", "A quarter of its own way", "age at which a quarter of the way is gone (years)"],
  ])
    timelinePanel(grid, way, title, axis, [from, to]);
}

// Ages of the sex and muscle that are chosen, by arm.
const atChoice = (ages) => ages[sex()][data.muscles[choice.muscle]] ?? ages[sex()][""];

// One way of telling when measures leave youth, first to last.
function timelinePanel(grid, way, title, axis, span) {
  const rows = data.timeline
    .filter((row) => row[way])
    .map((row) => ({ ...row, at: atChoice(row[way]) }));
  const told = rows.filter((row) => known(row.at[reference])).sort((a, b) => a.at[reference] - b.at[reference]);
  if (!told.length) return;
  const grip = told.find((row) => row.name === "grip_strength_kg");
  const lead = (row) => {
    const age = Math.round(row.at[reference]);
    if (!grip || row === grip) return `${age}`;
    const years = Math.round(grip.at[reference] - row.at[reference]);
    return `${age}, ${years === 0 ? "with grip" : `${Math.abs(years)} years ${years > 0 ? "before" : "after"} grip`}`;
  };
  dotChart(grid, {
    title,
    axis,
    span,
    label: true,
    merge: true,
    gap: 14,
    alt: `${title}, ${who()}, reference arm: ${told.map((r) => `${r.words} at ${Math.round(r.at[reference])}`).join(", ")}.`,
    rows: told.map((row) => ({
      words: row.words,
      label: lead(row),
      dots: arms()
        .reverse()
        .map(({ i, name, words }) => ({
          colour: armColour(i),
          value: row.at[name],
          text: `${words}: at ${short(row.at[name])}`,
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
  const label = node("label", {}, own, `${data.timesAxis.quantity} `);
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
          dots: treated().map(({ i, name: arm, words }) => {
            const effect = chosenOf(data.effects[name], arm, name);
            const at = (numbers) => (numbers ? numbers[forestAt] : null);
            const isLower = data.variables[name].better === "lower";
            const turned = (v) => (known(v) && isLower ? -v : v);
            const [low, high] = isLower ? [effect.deltaUpper, effect.deltaLower] : [effect.deltaLower, effect.deltaUpper];
            const better = at(effect.benefit);
            return {
              colour: armColour(i),
              value: turned(at(effect.delta)),
              low: turned(at(low)),
              high: turned(at(high)),
              text: `${words}: ${signed(at(effect.mean))} ${data.variables[name].axis}${between(at(effect.lower), at(effect.upper))}${known(better) ? `; ${Math.round(100 * better)} % better off` : ""}`,
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
    const series = treated().map(({ i, name: arm, words }) => {
      const { mean, lower, upper } = chosenOf(data.effects[name], arm, name);
      return { words, colour: armColour(i), values: mean, low: lower, high: upper };
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
    const lines = arms().map(({ i, name: arm, words }) => ({
      words,
      colour: armColour(i),
      values: data.shares[name][arm][sex()],
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

// Rows of numbers by sex and arm, each a dot with its interval: `of` names the number, `text` tells all of them.
function intervalRows(rows, of, text) {
  return rows
    .map((row) => ({
      words: row.words,
      dots: treated().map(({ i, name, words }) => {
        const numbers = row.values[sex()][name];
        return {
          colour: armColour(i),
          value: numbers[of],
          low: numbers.lower,
          high: numbers.upper,
          text: `${words}: ${text(numbers)}`,
        };
      }),
    }))
    .filter((row) => row.dots.some((d) => known(d.value)));
}

function drawYears() {
  const rows = intervalRows(
    data.years,
    "gained_years",
    (n) =>
      `${signed(n.gained_years)} years${between(n.lower, n.upper)}, ${short(n.years_per_person)} against ${short(n.reference_years_per_person)}`,
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
    "rate_ratio",
    (n) =>
      `ratio ${short(n.rate_ratio)}${between(n.lower, n.upper, short)}, ${short(n.rate_per_1000_person_years)} against ${short(n.reference_rate_per_1000_person_years)} per 1,000 person-years; ${signed(n.averted_per_1000_people)} averted per 1,000 people`,
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
    const arm = arms().find(({ name }) => name === row.arm);
    if (!arm) continue;
    const panel = node("div", { class: "panel" }, host);
    node("h3", {}, panel, `${arm.words}: ${row.words}`);
    const list = node("ol", { class: "flow", style: `--shade:${armColour(arm.i)}` }, panel);
    const adhered = row.tenYearsOn ? "adhere ten years on" : "took part at one time, at most";
    if (known(row.taken)) node("p", { class: "note" }, panel, `Of the time treated ${Math.round(100 * row.taken)} % was taken.`);
    for (const [name, words] of [["people", "simulated"], ...steps, ["adherent", adhered]]) {
      const item = node("li", {}, list);
      node("b", {}, item, (name === "people" ? data.people : row[name]).toLocaleString("en"));
      item.append(words);
    }
  }
}

// The arm with the largest effect on the first measure is shown first.
function mostEffective({ all, measures }) {
  const effects = data.arms.slice(1).map(({ name }) => all[name][measures[0]]);
  return effects.reduce((best, effect, i) => (effect > effects[best] ? i : best), 0);
}
const groupChoice = { arm: data.groups ? mostEffective(data.groups) : 0, measure: 0 };
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
    const name = g.measures[groupChoice.measure],
      arm = data.arms[groupChoice.arm + 1],
      values = g.values[arm.name][name];
    const colour = armColour(groupChoice.arm + 1);
    let next = 0;
    const rows = g.labels.flatMap(({ trait, parts }) =>
      parts.map((part, k) => {
        const { effect: value, lower: low, upper: high } = values[next++];
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
      axis: `effect ${data.timesAxis.isAge ? "at" : "after"} ${moment(data.timesAxis, g.at)} on ${data.variables[name].words}${of} (${data.variables[name].axis})`,
      reference: 0,
      line: g.all[arm.name][name],
      rows,
      gap: 8,
      alt: `Effect of ${arm.words} by trait: ${rows.map((r) => `${r.head} ${r.words} ${short(r.dots[0].value)}`).join("; ")}.`,
    });
  };
  plot();
}
