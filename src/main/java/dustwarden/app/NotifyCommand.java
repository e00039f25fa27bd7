package dustwarden.app;

import picocli.CommandLine.Command;

/** What can be done about notice channels without a server. */
@Command(
        name = "notify",
        description = {"通知通道。", "Notice channels."},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = NotifyTestCommand.class)
final class NotifyCommand {}
