using System.Globalization;
using Loa.Air;
using Loa.Speaker.Media;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Health;

/// <summary>The probes of those parts that say at once how they are.</summary>
static class Probes
{
    const string Trace = "self-test";

    public static Probe Clock(AirClock clock) =>
        _ =>
        {
            var now = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            return Is("clock", clock.State != ClockState.Unknown, $"{now} ±{clock.Error.TotalMilliseconds:f0} ms");
        };

    public static Probe Storage(IDisk disk) =>
        _ =>
        {
            try
            {
                disk.Delete(Trace);
                using (var file = disk.Open(Trace))
                {
                    file.Append("loa"u8);
                    file.Sync();
                }
                var good = disk.Read(Trace).AsSpan().SequenceEqual("loa"u8);
                disk.Delete(Trace);
                return Is("storage", good, $"{disk.Free}");
            }
            catch (IOException failing)
            {
                return Is("storage", good: false, Cut(failing.Message));
            }
        };

    public static Probe Records(RecordStore records) => _ => Is("records", records.IsIntact(), $"{records.Last}");

    public static Probe Media(MediaShelf shelf) =>
        _ =>
        {
            var (whole, damaged) = shelf.Inspect();
            return Is("media", damaged == 0, $"{whole}/{whole + damaged}");
        };

    static Task<SelfCheck> Is(string name, bool good, string detail) =>
        Task.FromResult(new SelfCheck(name, good, detail));

    static string Cut(string text) => text.Length <= 300 ? text : text[..300];
}
