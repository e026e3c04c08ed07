import allowed from './allowed.ts';
import assert from './assert.ts';
import cadence from './cadence.ts';
import type { Kind } from './define.ts';
import dwell from './dwell.ts';
import exists from './exists.ts';
import exit from './exit.ts';
import logRows from './log-rows.ts';
import mapped from './mapped.ts';
import metric from './metric.ts';
import order from './order.ts';
import range from './range.ts';
import readable from './readable.ts';
import required from './required.ts';
import rowLimit from './row-limit.ts';
import setAside from './set-aside.ts';
import stage from './stage.ts';
import transition from './transition.ts';
import unique from './unique.ts';

/** Every kind, by its verb. A new kind is one file and one line here. */
export const KINDS: ReadonlyMap<string, Kind> = new Map(
  [
    required,
    unique,
    exists,
    allowed,
    range,
    order,
    assert,
    stage,
    exit,
    transition,
    dwell,
    cadence,
    metric,
    readable,
    mapped,
    setAside,
    rowLimit,
    logRows,
  ].map((kind) => [kind.kind, kind]),
);
