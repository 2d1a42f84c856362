using System.Globalization;
using Loa.Air;
using Loa.Speaker.Media;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Commands;

/// <summary>Looks at every part of the speaker that can fail without being heard to fail.</summary>
sealed class SelfTest(
    IDisk disk,
    Player player,
    Deck deck,
    Programme programme,
    RecordBook records,
    MediaShelf shelf,
    MicrophoneTest? microphone,
    AirClock clock
)
{
    const string Trace = "self-test";

    // Long enough for a microphone and for the meter, short enough for the village.
    static readonly TimeSpan tone = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);

    public Act Order(Command command, CommandMessage message, Changes changes) =>
        cancel => Task.Run(() => Run(cancel), cancel);

    async Task<Outcome> Run(CancellationToken cancel)
    {
        List<SelfCheck> checks = [Clock(), Storage(), await Output(cancel), Records(), Media()];
        if (microphone is not null)
            checks.Add(await microphone.Run(cancel));
        return Outcome.Done(new ReadBack(Checks: checks));
    }

    SelfCheck Clock()
    {
        var now = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return new("clock", clock.State != ClockState.Unknown, $"{now} ±{clock.Error.TotalMilliseconds:f0} ms");
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

    /// <summary>Lets a short tone be heard, unless something is heard anyway, and asks what really went out.</summary>
    public async Task<SelfCheck> Output(CancellationToken cancel)
    {
        if (!player.Test(tone))
            return new("output", player.Sound != SoundState.Failed, $"{programme.Playing?.Item.Id:d}");
        var began = clock.GetTimestamp();
        await Task.Delay(tone, clock, cancel);
        while (deck.IsBusy && clock.GetElapsedTime(began) < patience)
            await Task.Delay(look, clock, cancel);
        return new("output", player.Sound == SoundState.Good, $"{player.Sound}");
    }

    SelfCheck Records() => new("records", records.IsIntact(), $"{records.Last}");

    SelfCheck Media()
    {
        var (whole, damaged) = shelf.Inspect();
        return new("media", damaged == 0, $"{whole}/{whole + damaged}");
    }

    static string Cut(string text) => text.Length <= 300 ? text : text[..300];
}
