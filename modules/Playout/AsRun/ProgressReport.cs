using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;

namespace Loa.Playout.AsRun;

/// <summary>A speaker says how far items have come; their records will decide.</summary>
sealed class ProgressReport(Guid speaker, DateTimeOffset at, ProgressMessage progress)
    : BatchedReport(speaker, at),
        IAboutItems
{
    static readonly Dictionary<ItemProgress, PlayStage> stages = new()
    {
        [ItemProgress.Delivered] = PlayStage.Delivered,
        [ItemProgress.Verified] = PlayStage.Verified,
        [ItemProgress.Playing] = PlayStage.Playing,
        [ItemProgress.Refused] = PlayStage.Refused,
    };

    public IReadOnlyCollection<Guid> Items { get; } = [.. progress.Items.Select(step => step.Item)];

    public override int Weight => Items.Count;

    public static Report? Read(ReadOnlySpan<byte> payload, Guid speaker, DateTimeOffset at, out string? fault) =>
        ProgressMessage.TryRead(payload, out var progress, out fault)
            ? new ProgressReport(speaker, at, progress)
            : null;

    public override ValueTask Apply(IReportBatch batch, IReportingSpeaker of, CancellationToken cancel)
    {
        foreach (var step in progress.Items)
            Apply(step, batch, of);
        return ValueTask.CompletedTask;
    }

    void Apply(ItemStep step, IReportBatch batch, IReportingSpeaker of)
    {
        // Only of items that it was told to play.
        var plays = batch.Part<PlayPart>();
        if (plays.PlayOf(Speaker, step.Item) is not { } play || !play.Report(stages[step.State], step.Reason, At))
            return;
        if (step.State == ItemProgress.Playing)
            of.Playing = step.Item;
        if (step.State == ItemProgress.Refused)
            (of.RefusedReason, of.RefusedAt) = (step.Reason, At);
        plays.Changed(play);
    }
}
