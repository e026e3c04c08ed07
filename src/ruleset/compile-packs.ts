import { compilePacks } from './packs.ts';

// Run by the build, after the compiler.
compilePacks();
