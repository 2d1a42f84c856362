using System.Collections.Concurrent;
using System.Text.Json;

namespace Loa.Fleet.Figures;

/// <summary>Gathers from what the speakers tell how long things took.</summary>
sealed class Diary
{
    public const string Connecting = "connect and prove";
    public const string Timetable = "newer timetable after connecting";
    public const string Command = "command reaches the speaker";
    public const string Start = "start error";
    public const string Lost = "connections lost";

    readonly ConcurrentDictionary<string, (long Began, long Connected)> under = new();
    readonly ConcurrentDictionary<string, ConcurrentQueue<double>> figures = new();
    readonly ConcurrentDictionary<string, Action<string, JsonElement>> known;

    public Diary() =>
        known = new(
            new Dictionary<string, Action<string, JsonElement>>
            {
                ["connecting"] = (serial, _) => under[serial] = (Now(), 0),
                ["connected"] = (serial, _) => Connected(serial),
                ["timetable"] = (serial, _) => Synced(serial),
                ["command"] = (_, line) => Note(Command, SinceEpoch() - Milliseconds(line, "issued_ms")),
                ["playing"] = (_, line) => Note(Start, Milliseconds(line, "late_ms")),
                ["disconnected"] = (_, _) => Note(Lost, 0),
            }
        );

    /// <summary>Milliseconds of each kind; of lost connections only the number counts.</summary>
    public IReadOnlyDictionary<string, double[]> Figures =>
        figures.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());

    public void Read(string json)
    {
        using var line = JsonDocument.Parse(json);
        var root = line.RootElement;
        if (known.TryGetValue(root.GetProperty("event").GetString()!, out var note))
            note(root.GetProperty("serial").GetString()!, root);
    }

    void Connected(string serial)
    {
        if (!under.TryGetValue(serial, out var connection))
            return;
        under[serial] = connection with { Connected = Now() };
        Note(Connecting, TimeProvider.System.GetElapsedTime(connection.Began).TotalMilliseconds);
    }

    // Only what came with a new connection: a timetable changed later is no catching up.
    void Synced(string serial)
    {
        if (!under.TryRemove(serial, out var connection) || connection.Connected == 0)
            return;
        Note(Timetable, TimeProvider.System.GetElapsedTime(connection.Connected).TotalMilliseconds);
    }

    void Note(string what, double milliseconds) => figures.GetOrAdd(what, _ => new()).Enqueue(milliseconds);

    static double Milliseconds(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetDouble() : double.NaN;

    static long Now() => TimeProvider.System.GetTimestamp();

    static double SinceEpoch() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
