'use strict';
(() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const SPAN = 300, LEAST_WIDTH = 280, HEIGHT = 220, LEFT = 64, RIGHT = 8, TOP = 12, BOTTOM = 24;
  const byId = id => document.getElementById(id);

  // The token of the address bar is kept for this tab, and taken out of the address.
  const asked = new URLSearchParams(location.search);
  if (asked.has('token')) {
    sessionStorage.setItem('token', asked.get('token'));
    history.replaceState(null, '', location.pathname);
  }
  const token = sessionStorage.getItem('token');

  async function take(path) {
    const headers = token ? {Authorization: 'Bearer ' + token} : {};
    const answer = await fetch(path, {headers, cache: 'no-store', signal: AbortSignal.timeout(5000)});
    if (!answer.ok) {
      throw new Error(answer.status === 401 ? 'a token is needed: /?token=…' : 'status ' + answer.status);
    }
    return answer.json();
  }

  // Text comes from the wire: it is only ever set as text.
  function element(name, text, style) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (style) made.className = style;
    return made;
  }

  function drawn(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const count = value => value >= 1e6 ? (value / 1e6).toFixed(1) + ' M'
    : value >= 1e4 ? (value / 1e3).toFixed(1) + ' k'
    : String(Math.round(value * 10) / 10);
  const bytes = value => value >= 1e9 ? (value / 1e9).toFixed(1) + ' GB' : value >= 1e6 ? (value / 1e6).toFixed(1) + ' MB'
    : value >= 1e3 ? (value / 1e3).toFixed(1) + ' kB' : value + ' B';
  const time = micros => micros === null || micros === undefined ? '-'
    : micros >= 1e6 ? (micros / 1e6).toFixed(2) + ' s' : micros >= 1e3 ? (micros / 1e3).toFixed(1) + ' ms'
    : Math.round(micros) + ' µs';

  function ceiling(value) {
    const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
    return [1, 2, 5, 10].map(step => step * power).find(step => step >= value) || 1;
  }

  function chart(svg, seconds, now, lines, label) {
    let most = 1;
    for (const second of seconds) for (const line of lines) most = Math.max(most, second[line] || 0);
    const top = ceiling(most);
    // As wide as it stands there: scaled, its text would be too small to read on a telephone.
    const width = Math.max(LEAST_WIDTH, svg.clientWidth);
    svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    const x = t => LEFT + (1 - (now - t) / SPAN) * (width - LEFT - RIGHT);
    const y = value => HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
    const parts = [];
    for (const part of [0, 0.5, 1]) {
      const at = y(part * top);
      parts.push(drawn('line', {x1: LEFT, x2: width - RIGHT, y1: at, y2: at}));
      parts.push(drawn('text', {x: LEFT - 6, y: at + 4, 'text-anchor': 'end'}, label(part * top)));
    }
    for (const minutes of [5, 4, 3, 2, 1, 0]) {
      parts.push(drawn('text', {x: x(now - minutes * 60), y: HEIGHT - 6,
        'text-anchor': minutes === 5 ? 'start' : minutes === 0 ? 'end' : 'middle'}, minutes ? '-' + minutes + ' min' : 'now'));
    }
    for (const line of lines) {
      let path = '', pen = 'M';
      for (const second of seconds) {
        if (second.t <= now - SPAN) continue;
        const value = second[line];
        if (value === null) { pen = 'M'; continue; }
        const at = x(second.t).toFixed(1) + ' ' + y(value).toFixed(1);
        // A second alone is a dot: a line needs two.
        path += pen === 'M' ? 'M' + at + 'h1' : 'L' + at;
        pen = 'L';
      }
      if (path) parts.push(drawn('path', {class: line, d: path}));
    }
    svg.replaceChildren(...parts);
  }

  function figure(name, value, bad) {
    const box = element('div');
    box.append(element('dt', name), element('dd', value, bad ? 'bad' : ''));
    return box;
  }

  function rates(live) {
    const last = live.seconds[live.seconds.length - 1];
    return [
      figure('requests/s', last ? count(last.reads + last.writes) : '-'),
      figure('replies/s', last ? count(last.replies) : '-'),
      figure('p99', last ? time(last.p99) : '-'),
      figure('failed/s', last ? count(last.errors) : '-')];
  }

  // Of a capture that is over there is no second that goes on.
  function sums(live) {
    const asked = Object.values(live.operations).filter(each => each.kind === 'read' || each.kind === 'write');
    const sum = field => asked.reduce((all, each) => all + each[field], 0);
    const took = asked.filter(each => each.latency).map(each => each.latency.max);
    return [
      figure('requests', count(sum('requests'))),
      figure('replies', count(sum('replies'))),
      figure('longest', time(took.length ? Math.max(...took) : null)),
      figure('failed', count(sum('failed')))];
  }

  function figures(live) {
    const capture = live.capture;
    const undecoded = capture.malformed_bytes + capture.evicted_bytes;
    byId('figures').replaceChildren(
      ...(live.window === 'all' ? sums(live) : rates(live)),
      figure('dropped packets', count(capture.dropped_packets), capture.dropped_packets > 0),
      figure('not decoded', bytes(undecoded), undecoded > 0),
      figure('never captured', bytes(capture.missing_bytes), capture.missing_bytes > 0));
  }

  function row(cells) {
    const line = element('tr');
    cells.forEach(([text, style]) => line.append(element('td', text, style)));
    return line;
  }

  function operations(live) {
    const span = Math.max(1, live.window_seconds);
    const found = Object.entries(live.operations).filter(([, each]) => each.kind !== 'event');
    found.sort((a, b) => b[1].requests - a[1].requests);
    byId('operations').replaceChildren(...found.map(([name, each]) => {
      const latency = each.latency || {};
      const unanswered = Object.values(each.unanswered).reduce((sum, one) => sum + one, 0);
      const errors = Object.entries(each.errors).map(([error, times]) => error + ' ' + times).join(', ');
      return row([[name], [count(each.requests / span)], [count(each.replies / span)], [count(each.failed)],
        [count(unanswered)], [time(latency.p50)], [time(latency.p95)], [time(latency.p99)], [time(latency.max)],
        [errors, 'words']]);
    }));
  }

  function paths(counts) {
    const found = new Map();
    for (const [key, value] of Object.entries(counts)) {
      const kind = ['reads', 'writes', 'watches'].find(each => key.startsWith(each + '/') || key === each + '(other)');
      if (kind && value) {
        const path = key.slice(kind.length);
        if (!found.has(path)) found.set(path, {reads: 0, writes: 0, watches: 0});
        found.get(path)[kind] += value;
      }
    }
    const top = [...found].sort((a, b) => b[1].reads + b[1].writes - a[1].reads - a[1].writes).slice(0, 20);
    byId('paths').replaceChildren(...top.map(([path, each]) =>
      row([[path, 'text'], [count(each.reads)], [count(each.writes)], [count(each.watches)]])));
  }

  function say(text, bad) {
    const state = byId('state');
    state.textContent = text;
    state.className = bad ? 'bad' : '';
  }

  async function turn() {
    let pause = 1;
    try {
      const live = await take('/json/live');
      const counts = await take('/json/paths?window=' + live.window);
      pause = live.refresh;
      const span = live.window === 'all' ? 'all ' + Math.round(live.window_seconds) + ' s' : 'last 60 s';
      document.querySelectorAll('.span').forEach(each => { each.textContent = span; });
      byId('source').textContent = live.source;
      const now = Math.floor(live.t);
      chart(byId('rates'), live.seconds, now, ['reads', 'writes', 'replies', 'events', 'errors'], count);
      chart(byId('latencies'), live.seconds, now, ['p50', 'p99'], time);
      figures(live);
      operations(live);
      paths(counts);
      say((live.over ? 'the capture is over' : 'live') + (live.sampling < 1 ? ', paths counted by sampling' : ''), false);
    } catch (error) {
      say(error.name === 'TypeError' || error.name === 'TimeoutError' ? 'no answer' : error.message, true);
    }
    setTimeout(turn, pause * 1000);
  }
  turn();
})();
