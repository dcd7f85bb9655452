// Remember a report that the service has stored.

/**
 * Keep a report's receipt in this browser, as far as the site allows it. The report is sent, whatever becomes of this.
 * @param {import("../types.d.ts").Options} options
 * @param {import("../api.d.ts").Draft} report
 * @param {import("../api.d.ts").Receipt} receipt
 */
export async function remember(options, report, receipt) {
  try {
    await (await import("../reports.js")).keep(options, report, receipt);
  } catch {
    // the module could not be loaded
  }
}
