using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Store;

namespace Loa.Speaker.Commands;

/// <summary>Sends the newest part of the event log, cut into messages at the ends of lines.</summary>
sealed class CollectLog(LogRing? ring, ReportQueue reports)
{
    // As JSON inside a message of at most 64 KiB, with some left for the rest of it.
    const int MostEncoded = 60 * 1024;

    public Execution Order(Command command, CommandMessage message, WriteBatch changes) =>
        async cancel =>
        {
            var parts = Parts(ring?.Newest() ?? "");
            var sent = reports.Log([
                .. parts.Select((text, i) => new LogMessage(command.Id, i + 1, parts.Count, text)),
            ]);
            await sent.WaitAsync(cancel);
            return Outcome.Done();
        };

    /// <summary>As many whole lines as fit, the newest kept; each with its end, so that one part can be put after another.</summary>
    public static IReadOnlyList<string> Parts(string text)
    {
        var parts = new LinkedList<string>();
        var (part, size) = (new LinkedList<string>(), 0);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            var length = JsonEncodedText.Encode(line).EncodedUtf8Bytes.Length + 2;
            if (length > MostEncoded)
                continue;
            if (size + length > MostEncoded)
            {
                parts.AddFirst(Joined(part));
                (part, size) = (new LinkedList<string>(), 0);
                if (parts.Count == LogMessage.MostParts)
                    return [.. parts];
            }
            part.AddFirst(line);
            size += length;
        }
        if (part.Count > 0 || parts.Count == 0)
            parts.AddFirst(Joined(part));
        return [.. parts];
    }

    static string Joined(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
