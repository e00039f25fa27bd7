/** YAML files, environment and command line become checked values; every problem stands in one report. */
package dustwarden.settings;
