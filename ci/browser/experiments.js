// What an experiment of the laboratory must do, worked out without Tokio and without the
// program that the page writes: tasks in a line, and timers.

/** @import { Settings } from "../../theme/program.js" */

/**
 * What a run must show: when it ends, in milliseconds; how often each task begins to wait,
 * or prints; in which order the tasks begin; the lines it prints; how often each task is
 * polled, where that is for the tasks alone to say.
 * @typedef {{end: number, starts: string[], output: string[], polls: number[] | null}} Forecast
 */

/** A task as it goes: what it does next, and what it is waiting for. */
class Work {
  /**
   * @param {number} index
   * @param {Settings} settings
   */
  constructor(index, settings) {
    Object.assign(this, settings.tasks[index]);
    this.name = "ABCDEF"[index];
    this.fails = settings.fails === index;
    this.work = settings.work;
    this.blocks = settings.wait === "block";
    this.step = 0;
    /** @type {number | null} when its wait is over */
    this.due = null;
    /** Whether it was told that its wait is over. */
    this.isWoken = false;
    /** Whose wait began before whose: a count. */
    this.since = 0;
    this.polls = 0;
    /** @type {"" | "done" | "failed"} */
    this.state = "";
  }
}

/** A thread with a clock. */
class World {
  constructor() {
    this.now = 0;
    this.waits = 0;
    /** @type {string[]} */
    this.output = [];
    /** @type {string[]} */
    this.starts = [];
  }

  /** @param {string} text */
  say(text) {
    this.output.push(text);
  }

  /** One turn of a task. @param {Work} task */
  poll(task) {
    task.polls += 1;
    for (;;) {
      if (task.due !== null) {
        if (!task.isWoken) return;
        task.due = null;
        task.isWoken = false;
        if (task.fails) { task.state = "failed"; return; }
      }
      if (task.step === task.waits) {
        this.say(`${task.name}: done at ${tenths(this.now)} s`);
        task.state = "done";
        return;
      }
      task.step += 1;
      if (task.step === 1) this.starts.push(task.name);
      this.say(`${task.name}: step ${task.step} at ${tenths(this.now)} s`);
      this.now += task.work;
      const wait = task.seconds * 1000;
      if (task.blocks) this.now += wait;
      // A wait that blocks is over at once.
      task.due = this.now + wait;
      task.isWoken = task.blocks;
      task.since = this.waits += 1;
      if (!task.blocks) return;
    }
  }
}

/**
 * Whose wait is over first; at one moment, whose began first: its timer is a hair ahead.
 * @param {Work} a
 * @param {Work} b
 */
function dueFirst(a, b) {
  return (a.due ?? 0) - (b.due ?? 0) || a.since - b.since;
}

/** @param {number} milliseconds */
function tenths(milliseconds) {
  return (milliseconds / 1000).toFixed(1);
}

/**
 * @param {Settings} settings
 * @returns {Forecast}
 */
export function forecast(settings) {
  const { how, timeout } = settings;
  const world = new World();
  const all = settings.tasks.map((_, index) => new Work(index, settings));
  const limit = timeout === null ? Infinity : timeout * 1000;
  /** @type {Work | null} the task whose error main has heard */
  let error = null;
  let [isOut, isLate] = [false, false];
  const ways = { turn, join, spawn, limit: few };
  ways[how]();
  if (error) world.say(`Error: ${error.name} failed`);
  if (isLate) world.say("Timed out");
  world.say(`Time: ${tenths(world.now)} sec`);
  const polls = how === "turn" ? null : all.map((task) => task.polls);
  return { end: world.now, starts: world.starts, output: world.output, polls };

  /**
   * Nobody can get on: the thread sleeps until somebody is due. Only here it is seen who
   * is; that somebody's time has come while another one computed is not noticed before.
   * @param {Work[]} waiting
   * @returns {Work[]} who is woken, in this order
   */
  function sleep(waiting) {
    const due = Math.min(limit, ...waiting.flatMap((task) => task.due ?? []));
    world.now = Math.max(world.now, due);
    const woken = waiting.filter((task) => task.due !== null && task.due <= world.now).sort(dueFirst);
    for (const task of woken) task.isWoken = true;
    isOut = world.now >= limit;
    return woken;
  }

  /** Whether main, which is polled, gives up. */
  function givesUp() {
    isLate = isOut;
    return isLate;
  }

  /** One after the other, each as long as it takes. */
  function turn() {
    for (const task of all) {
      world.poll(task);
      while (!task.state) {
        if (givesUp()) return;
        sleep([task]);
        world.poll(task);
      }
      if (task.state === "failed") { error = task; return; }
    }
  }

  /** Whenever one of them can get on, all are polled: each time another one first. */
  function join() {
    const isDone = () => all.every((task) => task.state === "done");
    for (let first = 0; ; first = (first + 1) % all.length) {
      for (const task of [...all.slice(first), ...all.slice(0, first)]) {
        if (task.state) continue;
        world.poll(task);
        if (task.state === "failed") { error = task; return; }
      }
      if (isDone() || givesUp()) return;
      sleep(all);
    }
  }

  /** Tasks in a line; main, in the same line, awaits one handle after the other. */
  function spawn() {
    let awaited = 0;
    // Main has been polled once, and so the others are first.
    /** @type {(Work | "main")[]} */
    const line = [...all];
    for (;;) {
      for (let next = line.shift(); next; next = line.shift()) {
        if (next !== "main") {
          world.poll(next);
          if (next.state && next === all[awaited]) line.push("main");
          continue;
        }
        for (; awaited < all.length && all[awaited].state; awaited += 1) {
          if (all[awaited].state === "failed") { error = all[awaited]; return; }
        }
        if (awaited === all.length || givesUp()) return;
      }
      const woken = sleep(all.filter((task) => !task.state));
      // Main is woken by the time-out, in between those who are due before and after it.
      const before = woken.filter((task) => (task.due ?? 0) < limit);
      line.push(...before);
      if (isOut) line.push("main");
      line.push(...woken.slice(before.length));
    }
  }

  /** At most so many at once; whoever is done makes room for the next. */
  function few() {
    const waiting = [...all];
    /** @type {Work[]} */
    let ready = [];
    /** @type {Work[]} */
    const running = [];
    const take = () => {
      while (running.length < settings.limit && waiting.length) {
        const task = /** @type {Work} */ (waiting.shift());
        running.push(task);
        ready.push(task);
      }
    };
    for (;;) {
      take();
      for (let task = ready.shift(); task; task = ready.shift()) {
        world.poll(task);
        if (!task.state) continue;
        if (task.state === "failed") { error = task; return; }
        running.splice(running.indexOf(task), 1);
        take();
      }
      if (!running.length || givesUp()) return;
      ready = sleep(running);
    }
  }
}

/**
 * Random settings, the same for one seed.
 * @param {number} seed
 * @returns {() => Settings}
 */
export function settingsFrom(seed) {
  // A linear congruential generator, with the numbers of Numerical Recipes.
  const random = (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const tasks = () => Array.from({ length: 1 + random(6) }, () => ({ waits: 1 + random(5), seconds: 1 + random(5) }));
  return () => {
    const found = tasks();
    return {
      tasks: found,
      how: /** @type {const} */ (["turn", "join", "spawn", "limit"])[random(4)],
      limit: 1 + random(6),
      wait: random(3) ? "sleep" : "block",
      // Mostly little: looking at the clock takes the test its time.
      work: random(3) ? 0 : 40 * (1 + random(random(4) ? 3 : 12)),
      fails: random(2) ? null : random(found.length),
      timeout: random(2) ? null : random(10) + 0.5,
      as: null,
    };
  };
}
