/**
 * Devices that are not there: scenarios played over recorded data, at the demo's stepped clock or at any broker.
 *
 * <p>A {@link dustwarden.simulate.ScenarioPlayer} is pure: the same scenario and window give the same bytes. Drivers
 * ({@link dustwarden.simulate.SteppedDemo}, {@link dustwarden.simulate.BrokerRun}) carry what it yields to a
 * {@link dustwarden.simulate.Publisher}.
 */
package dustwarden.simulate;
