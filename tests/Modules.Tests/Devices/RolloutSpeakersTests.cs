using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Devices.Rollouts;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class RolloutSpeakersTests(DeviceServer server)
{
    const int Size = 37;

    [Fact]
    public async Task Every_page_of_a_large_rollout_follows_on_the_one_before()
    {
        var rollout = Guid.CreateVersion7();
        var speakers = await server.Db(db =>
            db.Speakers.OrderBy(s => s.NameKey)
                .ThenBy(s => s.Id)
                .Select(s => new { s.Id, s.NameKey })
                .Take(1_600)
                .ToListAsync()
        );
        RolloutTarget[] targets =
        [
            .. speakers.Select(
                (speaker, i) =>
                    new RolloutTarget
                    {
                        RolloutId = rollout,
                        SpeakerId = speaker.Id,
                        NameKey = speaker.NameKey,
                        Group = i % 3,
                        State = (TargetState)(i % 5),
                    }
            ),
        ];
        await server.Db(db =>
        {
            db.AddRange(targets);
            return db.SaveChangesAsync();
        });

        // Failed, under way, waiting, done, and then those that left.
        TargetState[] order =
        [
            TargetState.Failed,
            TargetState.Sent,
            TargetState.Waiting,
            TargetState.Done,
            TargetState.Skipped,
        ];
        Guid[] expected =
        [
            .. targets.OrderBy(t => Array.IndexOf(order, t.State)).ThenBy(t => t.Group).Select(t => t.SpeakerId),
        ];
        var shown = new List<Guid>();
        await server.Db(async db =>
        {
            var listed = new RolloutSpeakers(db, rollout, new StoredPackage { Id = Guid.CreateVersion7() });
            var sections = await listed.Sections(CancellationToken.None);
            Assert.Equal(targets.Length, sections.Sum(s => s.Count));
            for (var skip = 0; skip < targets.Length; skip += Size)
            {
                var rows = await listed.Page(sections, skip, Size, CancellationToken.None);
                shown.AddRange(rows.Select(r => r.Id));
            }
            Assert.Equal(expected, await listed.All(CancellationToken.None).Select(r => r.Id).ToListAsync());
            return true;
        });
        Assert.Equal(expected, shown);
    }
}
