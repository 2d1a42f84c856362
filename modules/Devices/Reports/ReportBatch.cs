using System.Data.Common;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Loa.Devices.Reports;

/// <summary>The speakers that a batch of reports is about, read together, and what is to follow once they are stored.</summary>
sealed class ReportBatch : IReportBatch
{
    readonly IGatewayNode node;
    readonly IBatchPart[] parts;
    readonly Dictionary<Guid, Speaker> speakers;
    readonly HashSet<Guid> acknowledge = [];
    readonly Dictionary<Guid, RefusedRecord> refused = [];
    readonly Dictionary<Guid, string> introduced = [];

    ReportBatch(DevicesDb db, IGatewayNode node, IBatchPart[] parts, Dictionary<Guid, Speaker> speakers) =>
        (Db, this.node, this.parts, this.speakers) = (db, node, parts, speakers);

    public DevicesDb Db { get; }

    public DbTransaction Transaction => Db.Database.CurrentTransaction!.GetDbTransaction();

    /// <summary>To be stored with the rest.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>Have just connected: what waits for them may go.</summary>
    public HashSet<Guid> Arrived { get; } = [];

    /// <summary>Have said what they hold: to be compared with what they are to hold.</summary>
    public HashSet<Guid> Compare { get; } = [];

    /// <summary>To be shown out.</summary>
    public HashSet<Guid> Disconnect { get; } = [];

    public static async Task<ReportBatch> Read(
        DevicesDb db,
        IGatewayNode node,
        IEnumerable<IBatchPart> parts,
        IReadOnlyList<Report> reports,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. reports.Select(r => r.Speaker).Distinct()];
        var found = await db.Speakers.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        var batch = new ReportBatch(db, node, [.. parts], found);
        foreach (var part in batch.parts)
            await part.Read(batch, reports, cancel);
        return batch;
    }

    public TPart Part<TPart>()
        where TPart : class, IBatchPart
    {
        foreach (var part in parts)
            if (part is TPart found)
                return found;
        throw new InvalidOperationException($"{typeof(TPart)} is no part of a batch.");
    }

    public Speaker? Find(Guid speaker) => speakers.GetValueOrDefault(speaker);

    IReportingSpeaker? IReportBatch.Find(Guid speaker) => Find(speaker);

    public PublicKey? KeyOf(Guid speaker) => node.KeyOf(speaker);

    /// <summary>Whether it knows only the rules of before.</summary>
    public bool IsOld(Guid speaker) => node.IsOld(speaker);

    public Terms? TermsOf(Guid speaker) => node.TermsOf(speaker);

    public void Acknowledge(Guid speaker) => acknowledge.Add(speaker);

    public void Refuse(Guid speaker, long seq, string reason)
    {
        refused.TryAdd(speaker, new(seq, reason));
        Acknowledge(speaker);
    }

    public void Flood(Guid speaker, bool floods, DateTimeOffset at)
    {
        var of = speakers[speaker];
        if (floods != of.Alarms.HasFlag(Alarms.Flood))
            Signals.Add(FloodSignal.Of(speaker, floods, at));
        of.Alarms = floods ? of.Alarms | Alarms.Flood : of.Alarms & ~Alarms.Flood;
    }

    /// <summary>A speaker that believes only what is signed has said for which connection.</summary>
    public void Introduce(Guid speaker, string nonce)
    {
        if (node.NonceOf(speaker) == nonce)
            return;
        introduced[speaker] = nonce;
        Acknowledge(speaker);
    }

    /// <summary>What belongs to the batch, in its transaction.</summary>
    public async Task Store(CancellationToken cancel)
    {
        await Db.Insert(Signals, cancel);
        foreach (var part in parts)
            await part.Store(cancel);
    }

    /// <summary>After the commit.</summary>
    public StoredBatch Follow()
    {
        foreach (var part in parts)
            part.Follow(this);
        return new(
            Disconnect,
            [.. acknowledge.Select(id => Stored(speakers[id]))],
            [.. Compare.Select(id => speakers[id].Held())]
        );
    }

    StoredRecords Stored(Speaker speaker) =>
        new(
            speaker.Id,
            speaker.RecordSeq,
            speaker.RecordHash,
            refused.GetValueOrDefault(speaker.Id),
            introduced.GetValueOrDefault(speaker.Id)
        );
}
