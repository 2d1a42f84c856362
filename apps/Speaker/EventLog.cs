using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Loa.Speaker;

/// <summary>Tells what a speaker decided, one JSON line each.</summary>
public sealed class EventLog(TimeProvider clock, string serial, Action<string>? write)
{
    static readonly JsonWriterOptions options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    Action<string>? keep;

    /// <summary>From here on each line is kept on disk as well.</summary>
    internal void KeepIn(Action<string> disk) => Volatile.Write(ref keep, disk);

    public void Tell(string what, params ReadOnlySpan<(string Name, object? Value)> details)
    {
        if (write is null && keep is null)
            return;
        var line = new ArrayBufferWriter<byte>(160);
        using (var json = new Utf8JsonWriter(line, options))
        {
            json.WriteStartObject();
            json.WriteString("at", clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            json.WriteString("serial", serial);
            json.WriteString("event", what);
            foreach (var (name, value) in details)
                Write(json, name, value);
            json.WriteEndObject();
        }
        var text = Encoding.UTF8.GetString(line.WrittenSpan);
        write?.Invoke(text);
        Volatile.Read(ref keep)?.Invoke(text);
    }

    static void Write(Utf8JsonWriter json, string name, object? value)
    {
        if (value is null)
            return;
        if (value is int or long)
            json.WriteNumber(name, Convert.ToInt64(value));
        else
            json.WriteString(name, value.ToString());
    }
}
