import allowed from './allowed.ts';
import assert from './assert.ts';
import attainable from './attainable.ts';
import cadence from './cadence.ts';
import change from './change.ts';
import config from './config.ts';
import dateOrder from './date-order.ts';
import type { Kind } from './define.ts';
import dwell from './dwell.ts';
import exists from './exists.ts';
import exit from './exit.ts';
import given from './given.ts';
import intact from './intact.ts';
import logRows from './log-rows.ts';
import mapped from './mapped.ts';
import metric from './metric.ts';
import order from './order.ts';
import pattern from './pattern.ts';
import placeholder from './placeholder.ts';
import range from './range.ts';
import readable from './readable.ts';
import required from './required.ts';
import rowLimit from './row-limit.ts';
import segment from './segment.ts';
import setAside from './set-aside.ts';
import stage from './stage.ts';
import stageUse from './stage-use.ts';
import target from './target.ts';
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
    stageUse,
    exit,
    transition,
    dwell,
    cadence,
    change,
    metric,
    attainable,
    segment,
    readable,
    pattern,
    placeholder,
    mapped,
    setAside,
    rowLimit,
    logRows,
    intact,
    dateOrder,
    given,
    config,
    target,
  ].map((kind) => [kind.kind, kind]),
);
