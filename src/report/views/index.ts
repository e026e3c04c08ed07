import full from './full.ts';
import type { ViewName } from './names.ts';
import type { View } from './view.ts';

/** All views by name: one line a file. */
export const VIEWS: Readonly<Record<ViewName, View>> = { full };
