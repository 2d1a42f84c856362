using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Playout.Data;
using Loa.Playout.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Playout.Timetables;

/// <summary>Signs timetables and sends them, each with the releases and delegations that it takes to believe it.</summary>
sealed class TimetableDispatch(IConnectionRegistry connections, ITrust trust, IOptions<MediaOptions> options)
{
    /// <summary>What is stored, to those who lack it: whole.</summary>
    public async Task Send(PlayoutDb db, IReadOnlyList<DesiredTimetable> timetables, CancellationToken cancel)
    {
        var lists = await ItemList.Read(db, timetables.Select(t => t.Content), cancel);
        // Whose list is gone has a newer timetable by now, and is told that one.
        await Send(
            db,
            [.. timetables.Where(t => lists.ContainsKey(t.Content)).Select(t => PayloadOf(t, lists[t.Content]))],
            cancel
        );
    }

    /// <summary>What was just planned and is not stored yet, because every moment counts: whole or as a change.</summary>
    public Task Send(PlayoutDb db, IReadOnlyList<PlannedTimetable> plans, CancellationToken cancel) =>
        Send(
            db,
            [
                .. plans.Select(p => new TimetablePayload(
                    p.Whole.Speaker,
                    JsonSerializer.SerializeToUtf8Bytes(p.Sent, Timetable.Shape),
                    [.. p.SentReleases]
                )),
            ],
            cancel
        );

    static TimetablePayload PayloadOf(DesiredTimetable timetable, IReadOnlyList<TimetableItem> items) =>
        new(
            timetable.SpeakerId,
            JsonSerializer.SerializeToUtf8Bytes(timetable.Whole(items), Timetable.Shape),
            [.. PlannedTimetable.ReleasesOf(items)]
        );

    async Task Send(PlayoutDb db, TimetablePayload[] all, CancellationToken cancel)
    {
        var connected = await connections.Find([.. all.Select(p => p.Speaker)], cancel);
        TimetablePayload[] payloads = [.. all.Where(p => connected.ContainsKey(p.Speaker))];
        if (payloads.Length == 0)
            return;
        var releases = await Releases(db, payloads, cancel);
        var signed = await trust.SignMany(Timetable.Type, [.. payloads.Select(p => p.Payload)], cancel);
        var messages = new OutgoingMessage[payloads.Length];
        Parallel.For(
            0,
            payloads.Length,
            new ParallelOptions { CancellationToken = cancel },
            i =>
                messages[i] = new(
                    payloads[i].Speaker,
                    AirTopic.InTimetable,
                    Message(signed[i], payloads[i].Releases, releases).ToBytes()
                )
        );
        await connections.Send(messages, cancel);
    }

    static async Task<Dictionary<string, HeldRelease>> Releases(
        PlayoutDb db,
        TimetablePayload[] payloads,
        CancellationToken cancel
    )
    {
        string[] digests = [.. payloads.SelectMany(p => p.Releases).Distinct(StringComparer.Ordinal)];
        return digests.Length == 0
            ? []
            : await db
                .Releases.AsNoTracking()
                .Where(r => digests.Contains(r.Digest))
                .ToDictionaryAsync(r => r.Digest, StringComparer.Ordinal, cancel);
    }

    TimetableMessage Message(SignedByServer timetable, string[] digests, Dictionary<string, HeldRelease> all)
    {
        HeldRelease[] releases = [.. digests.Select(digest => all[digest])];
        return new(
            timetable.Jws,
            [.. releases.Select(r => r.Jws)],
            [
                .. timetable
                    .Delegations.Concat(releases.SelectMany(r => r.DelegationList))
                    .Distinct(StringComparer.Ordinal),
            ],
            options.Value.MediaUrl
        );
    }

    sealed record TimetablePayload(Guid Speaker, ReadOnlyMemory<byte> Payload, string[] Releases);
}
