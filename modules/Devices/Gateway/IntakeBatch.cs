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
    readonly Dictionary<Guid, Speaker> speakers;
    readonly Dictionary<(Guid, Guid), Play> plays;
    readonly Dictionary<Guid, SentCommand> commands;
    readonly Dictionary<(Guid, Guid), SpeakerPlayed> changed = [];

    IntakeBatch(
        DevicesDb db,
        Lines lines,
        Dictionary<Guid, Speaker> speakers,
        Dictionary<(Guid, Guid), Play> plays,
        Dictionary<Guid, SentCommand> commands
    ) => (Db, this.lines, this.speakers, this.plays, this.commands) = (db, lines, speakers, plays, commands);

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
        IReadOnlyCollection<Report> reports,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. reports.Select(r => r.Speaker).Distinct()];
        Guid[] items = [.. reports.SelectMany(r => r.Items).Distinct()];
        Guid[] commandIds = [.. reports.Select(r => r.Command).OfType<Guid>().Distinct()];
        var speakersById = await db.Speakers.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        var playsByKey =
            items.Length == 0
                ? []
                : await db
                    .Plays.Where(p => ids.Contains(p.SpeakerId) && items.Contains(p.ItemId))
                    .ToDictionaryAsync(p => (p.SpeakerId, p.ItemId), cancel);
        var commandsById =
            commandIds.Length == 0
                ? []
                : await db.Commands.Where(c => commandIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        return new(db, lines, speakersById, playsByKey, commandsById);
    }

    public Speaker? SpeakerOf(Report report) => speakers.GetValueOrDefault(report.Speaker);

    public Speaker Of(Guid speaker) => speakers[speaker];

    public PublicKey? KeyOf(Guid speaker) => lines.KeyOf(speaker);

    /// <summary>Whether it knows only the rules of before.</summary>
    public bool IsOld(Guid speaker) => lines.IsOld(speaker);

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

    public Play? PlayOf(Guid speaker, Guid item) => plays.GetValueOrDefault((speaker, item));

    public SentCommand? CommandTo(Guid speaker, Guid command) =>
        commands.TryGetValue(command, out var found) && found.SpeakerId == speaker ? found : null;

    /// <summary>A play that the speaker proves and that no timetable here knows any more.</summary>
    public Play Unplanned(AirRecord record)
    {
        var play = new Play
        {
            SpeakerId = record.Speaker,
            ItemId = record.Item!.Value,
            BroadcastId = record.Broadcast!.Value,
            Start = record.Planned!.Value,
            OverAt = record.End ?? record.At,
        };
        Db.Add(play);
        return plays[(play.SpeakerId, play.ItemId)] = play;
    }

    public void Changed(Play play, Speaker of) => changed[(play.SpeakerId, play.ItemId)] = new(play, of);
}

/// <summary>A play that changed, with the speaker it is of.</summary>
readonly record struct SpeakerPlayed(Play Play, Speaker Speaker)
{
    public SpeakerPlay Seen =>
        new(Speaker.Id, Speaker.Name, Speaker.UnitId, Speaker.IsOnline, Play.Stage, Play.Reason, Play.At);
}
