/** Evidence bundles, daily and weekly reports, ranking: what leaves the house on paper. */
package dustwarden.report;
