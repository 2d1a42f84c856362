using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Timetables;

/// <summary>
/// What became of a speaker's place changes what it is to play: a new place has another timetable, and a board that has no place
/// falls silent before it is shown out.
/// </summary>
/// <remarks>Heard twice it finds the same items, or a board that is gone.</remarks>
sealed class FollowSpeakers(
    PlayoutDb db,
    MakeTimetables make,
    IConnectionRegistry connections,
    LiveBells bells,
    TimeProvider clock
) : IHear<SpeakerClaimed>, IHear<SpeakerMoved>, IHear<BoardReplaced>, IHear<SpeakerRetired>, IHear<SpeakerKeyRevoked>
{
    // Longer than a good line takes; one that says nothing is shown out all the same.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public Task Hear(SpeakerClaimed news, Guid key, CancellationToken cancel) => make.For([news.SpeakerId], cancel);

    public async Task Hear(SpeakerMoved news, Guid key, CancellationToken cancel)
    {
        if ((await Find(news.SpeakerId, cancel)).Kid is not null)
            await make.For([news.SpeakerId], cancel);
    }

    public async Task Hear(BoardReplaced news, Guid key, CancellationToken cancel)
    {
        await ShowOut(news.SpeakerId, cancel);
        await make.For([news.SpeakerId], cancel);
    }

    public Task Hear(SpeakerRetired news, Guid key, CancellationToken cancel) => ShowOut(news.SpeakerId, cancel);

    public Task Hear(SpeakerKeyRevoked news, Guid key, CancellationToken cancel) => ShowOut(news.SpeakerId, cancel);

    async Task ShowOut(Guid id, CancellationToken cancel)
    {
        using var reported = bells.Listen([new(SpeakerNames.Procedure, id)]);
        var version = await make.Silence(id, cancel);
        if (await IsHere(id, cancel))
            await Holds(id, version, reported, cancel);
        await connections.Disconnect([id], cancel);
    }

    async Task Holds(Guid id, long version, LiveBell reported, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while ((await Find(id, cancel)).TimetableHeld != version)
        {
            var left = Patience - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !await reported.Rings(left, clock, cancel))
                return;
        }
    }

    async Task<bool> IsHere(Guid id, CancellationToken cancel) =>
        (await connections.Find([id], cancel)).ContainsKey(id);

    Task<PlacedSpeaker> Find(Guid id, CancellationToken cancel) =>
        db.Speakers.AsNoTracking().FirstAsync(s => s.Id == id, cancel);
}
