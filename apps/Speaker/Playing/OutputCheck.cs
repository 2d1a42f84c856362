using Loa.Air;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Playing;

/// <summary>Lets a short tone be heard, unless something is heard anyway, and asks what really went out.</summary>
sealed class OutputCheck(Player player, Deck deck, PlayQueue queue, TimeProvider clock)
{
    const string Name = "output";

    // Long enough for a microphone and for the meter, short enough for the village.
    static readonly TimeSpan tone = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);

    public async Task<SelfCheck> Run(CancellationToken cancel)
    {
        if (!player.Test(tone))
            return new(Name, player.Sound != SoundState.Failed, $"{queue.Playing?.Item.Id:d}");
        var began = clock.GetTimestamp();
        await Task.Delay(tone, clock, cancel);
        while (deck.IsBusy && clock.GetElapsedTime(began) < patience)
            await Task.Delay(look, clock, cancel);
        return new(Name, player.Sound == SoundState.Good, $"{player.Sound}");
    }
}
