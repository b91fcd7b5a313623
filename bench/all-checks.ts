/**
 * Runs the benchmarks that start no portal, one after another in this process, at the smallest size: whether they work
 * and give right results. Their times mean nothing. Called with --check by test/benchmarks.postgres.test.ts.
 */
await import('./registration.ts')
await import('./registration-many.ts')
await import('./license-sign.ts')
await import('./orders-import.ts')
await import('./catalog.ts')
await import('./license-verify.ts')
await import('./export.ts')
await import('./campaign-eligibility.ts')
