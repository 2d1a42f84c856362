using System.Text;
using Loa.Air;

namespace Loa.Devices.Commands;

/// <summary>One part of the log that a speaker was asked for; kept for a month.</summary>
sealed class LogPart
{
    public const int UsualDays = 30;

    public required Guid CommandId { get; init; }
    public required int Part { get; init; }
    public required Guid SpeakerId { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    public static LogPart Of(LogMessage message, Guid speaker, DateTimeOffset at) =>
        new()
        {
            CommandId = message.Command,
            Part = message.Part,
            SpeakerId = speaker,
            Text = Plain(message.Text),
            At = at,
        };

    // A log is text from a machine that may lie: nothing in it may steer a terminal, a page or a database.
    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in text.ReplaceLineEndings("\n"))
            plain.Append(char.IsControl(sign) && sign is not ('\n' or '\t') ? '\uFFFD' : sign);
        return plain.ToString();
    }
}
