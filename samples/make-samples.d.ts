/** All samples in memory: path from the samples folder → contents. */
export function makeSamples(): Promise<Map<string, Uint8Array>>;
