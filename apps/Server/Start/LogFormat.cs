using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Loa.Server.Start;

/// <summary>
/// One line for each entry of the log, whatever a stranger wrote into a name, an address or a topic: what would begin a line or
/// colour a screen is written out. The lines of a trace follow, each behind a tab.
/// </summary>
sealed class LogFormat() : ConsoleFormatter(FormatName)
{
    public const string FormatName = "loa";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {Shown(text)}\n");
        foreach (var line in (logEntry.Exception?.ToString() ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            textWriter.Write($"\t{Shown(line.TrimEnd())}\n");
    }

    static string Shown(string text) =>
        text.Any(IsUnseen)
            ? string.Concat(
                text.Select(c => IsUnseen(c) ? $"\\u{(int)c:x4}" : c.ToString(CultureInfo.InvariantCulture))
            )
            : text;

    // Also what turns the direction of writing: a line must not read as another one.
    static bool IsUnseen(char sign) =>
        char.GetUnicodeCategory(sign)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    static string Word(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
}
