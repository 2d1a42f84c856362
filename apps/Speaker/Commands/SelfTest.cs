using System.Globalization;
using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Media;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;

namespace Loa.Speaker.Commands;

/// <summary>Looks at every part of the speaker that can fail without being heard to fail.</summary>
sealed class SelfTest(
    IDisk disk,
    IOutput output,
    Programme programme,
    RecordBook records,
    MediaShelf shelf,
    Func<CancellationToken, Task<SelfCheck>>? microphone,
    TimeProvider clock
)
{
    const string Trace = "self-test";

    // This software did not exist before.
    static readonly DateTimeOffset beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Act Order(Command command, CommandMessage message, Changes changes) =>
        cancel => Task.Run(() => Run(cancel), cancel);

    async Task<Outcome> Run(CancellationToken cancel)
    {
        List<SelfCheck> checks = [Clock(), Storage(), Output(), Records(), Media()];
        if (microphone is not null)
            checks.Add(await microphone(cancel));
        return Outcome.Done(new ReadBack(Checks: checks));
    }

    SelfCheck Clock()
    {
        var now = clock.GetUtcNow();
        return new("clock", now > beginning, now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }

    SelfCheck Storage()
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
            return new("storage", good, $"{disk.Free}");
        }
        catch (IOException failing)
        {
            return new("storage", Good: false, Cut(failing.Message));
        }
    }

    /// <summary>Whether sound could go out now.</summary>
    public SelfCheck Output()
    {
        if (programme.Playing is { } playing)
            return new("output", Good: true, $"{playing.Item.Id:d}");
        try
        {
            using var voice = output.Open(Trace);
            voice.Finish();
            return new("output", Good: true);
        }
        catch (Exception failure) when (failure is AlsaException or IOException)
        {
            return new("output", Good: false, Cut(failure.Message));
        }
    }

    SelfCheck Records() => new("records", records.IsIntact(), $"{records.Last}");

    SelfCheck Media()
    {
        var (whole, damaged) = shelf.Inspect();
        return new("media", damaged == 0, $"{whole}/{whole + damaged}");
    }

    static string Cut(string text) => text.Length <= 300 ? text : text[..300];
}
