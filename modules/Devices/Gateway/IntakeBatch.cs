using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Gateway;

/// <summary>The rows that a batch of reports is about, read together, and what is to follow once they are stored.</summary>
sealed class IntakeBatch
{
    readonly Lines lines;
    readonly RecordRation ration;
    readonly Dictionary<(Guid, Guid), Play> promised;
    readonly Dictionary<Guid, Speaker> speakers;
    readonly Dictionary<(Guid, Guid), Play> plays;
    readonly Dictionary<Guid, SentCommand> commands;
    readonly Dictionary<(Guid, Guid), SpeakerPlayed> changed = [];

    IntakeBatch(
        DevicesDb db,
        Lines lines,
        RecordRation ration,
        Dictionary<Guid, Speaker> speakers,
        Dictionary<(Guid, Guid), Play> plays,
        Dictionary<(Guid, Guid), Play> promised,
        Dictionary<Guid, SentCommand> commands
    )
    {
        (Db, this.lines, this.ration, this.speakers) = (db, lines, ration, speakers);
        (this.plays, this.promised, this.commands) = (plays, promised, commands);
    }

    public DevicesDb Db { get; }

    /// <summary>To be stored with the rest.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>To be told up to which record all is stored.</summary>
    public HashSet<Guid> Greet { get; } = [];

    /// <summary>The first record of each speaker that was not stored, to be told with that.</summary>
    public Dictionary<Guid, RefusedRecord> Refused { get; } = [];

    /// <summary>Have given a nonce on this connection that was not answered yet.</summary>
    public Dictionary<Guid, string> Introduced { get; } = [];

    /// <summary>Have just connected: what waits for them may go.</summary>
    public HashSet<Guid> Arrived { get; } = [];

    /// <summary>To be compared with what they are to hold.</summary>
    public HashSet<Guid> Compare { get; } = [];

    /// <summary>To be shown out.</summary>
    public HashSet<Guid> Cut { get; } = [];

    public IReadOnlyCollection<SpeakerPlayed> ChangedPlays => changed.Values;

    public static async Task<IntakeBatch> Read(
        DevicesDb db,
        Lines lines,
        RecordRation ration,
        Promises promises,
        IReadOnlyCollection<Report> reports,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. reports.Select(r => r.Speaker).Distinct()];
        (Guid, Guid)[] items = [.. reports.SelectMany(r => r.Items.Select(item => (r.Speaker, item))).Distinct()];
        Guid[] commandIds = [.. reports.Select(r => r.Command).OfType<Guid>().Distinct()];
        var speakersById = await db.Speakers.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        var playsByKey =
            items.Length == 0 ? [] : await db.PlaysOf(items).ToDictionaryAsync(p => (p.SpeakerId, p.ItemId), cancel);
        var commandsById =
            commandIds.Length == 0
                ? []
                : await db.Commands.Where(c => commandIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var told = await promises.Of([.. Unknown(reports, speakersById, playsByKey)], cancel);
        return new(db, lines, ration, speakersById, playsByKey, told, commandsById);
    }

    static IEnumerable<(AirRecord, Speaker, DateTimeOffset)> Unknown(
        IReadOnlyCollection<Report> reports,
        Dictionary<Guid, Speaker> speakers,
        Dictionary<(Guid, Guid), Play> plays
    ) =>
        from report in reports.OfType<RecordReport>()
        where report.Play is { } play && !plays.ContainsKey((report.Speaker, play.Item!.Value))
        where speakers.ContainsKey(report.Speaker)
        select (report.Play, speakers[report.Speaker], report.At);

    public Speaker? SpeakerOf(Report report) => speakers.GetValueOrDefault(report.Speaker);

    public Speaker Of(Guid speaker) => speakers[speaker];

    public PublicKey? KeyOf(Guid speaker) => lines.KeyOf(speaker);

    /// <summary>Whether it knows only the rules of before.</summary>
    public bool IsOld(Guid speaker) => lines.IsOld(speaker);

    public Terms? TermsOf(Guid speaker) => lines.TermsOf(speaker);

    /// <summary>What the speaker gave on this connection and was answered with.</summary>
    public string? NonceOf(Guid speaker) => lines.NonceOf(speaker);

    public void Met(Guid speaker, string nonce) => lines.Met(speaker, nonce);

    /// <summary>Tells the speaker that this record is not stored, and what is.</summary>
    public void Refuse(Guid speaker, long seq, string reason)
    {
        Refused.TryAdd(speaker, new(seq, reason));
        Greet.Add(speaker);
    }

    /// <summary>A speaker that believes only what is signed has said for which connection.</summary>
    public void Introduce(Guid speaker, string nonce)
    {
        if (lines.NonceOf(speaker) == nonce)
            return;
        Introduced[speaker] = nonce;
        Greet.Add(speaker);
    }

    /// <summary>What the speaker was told to play; null for what it never was.</summary>
    public Play? PlayOf(Guid speaker, Guid item)
    {
        if (plays.TryGetValue((speaker, item), out var known))
            return known;
        if (!promised.TryGetValue((speaker, item), out var found))
            return null;
        Db.Add(found);
        return plays[(speaker, item)] = found;
    }

    /// <summary>Whether one more new record of this speaker is stored now; of one that sends too many somebody hears.</summary>
    public bool MayStore(Speaker of, DateTimeOffset at)
    {
        var may = ration.Take(of.Id);
        var floods = !may || (of.Alarms.HasFlag(Alarms.Flood) && !ration.IsCalm(of.Id));
        if (floods != of.Alarms.HasFlag(Alarms.Flood))
            Signals.Add(FloodSignal.Of(of.Id, floods, at));
        of.Alarms = floods ? of.Alarms | Alarms.Flood : of.Alarms & ~Alarms.Flood;
        return may;
    }

    public SentCommand? CommandTo(Guid speaker, Guid command) =>
        commands.TryGetValue(command, out var found) && found.SpeakerId == speaker ? found : null;

    public void Changed(Play play, Speaker of) => changed[(play.SpeakerId, play.ItemId)] = new(play, of);
}

/// <summary>A play that changed, with the speaker it is of.</summary>
readonly record struct SpeakerPlayed(Play Play, Speaker Speaker)
{
    public SpeakerPlay Seen =>
        new(Speaker.Id, Speaker.Name, Speaker.UnitId, Speaker.IsOnline, Play.Stage, Play.Reason, Play.At);
}
