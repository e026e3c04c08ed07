import { headerNames } from './dataset/columns/mapping.ts';
import { shippedPacks } from './rules-by-header.ts';
import { writeCompiledRules } from './ruleset/compiled-rules.ts';
import { compilePacks } from './ruleset/packs.ts';

// Run by the build, after the compiler.
compilePacks();
const { fields, evidence, vendors, load } = shippedPacks();
writeCompiledRules(
  { known: [...headerNames(fields)], evidence: Object.fromEntries(evidence) },
  new Map([null, ...vendors].map((pack) => [pack, load(pack)])),
);
