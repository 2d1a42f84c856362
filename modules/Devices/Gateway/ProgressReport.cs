using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Registry;

namespace Loa.Devices.Gateway;

/// <summary>A speaker says how far items have come; their records will decide.</summary>
sealed class ProgressReport(Guid speaker, DateTimeOffset at, ProgressMessage progress) : Report(speaker, at)
{
    static readonly Dictionary<ItemProgress, PlayStage> stages = new()
    {
        [ItemProgress.Delivered] = PlayStage.Delivered,
        [ItemProgress.Verified] = PlayStage.Verified,
        [ItemProgress.Playing] = PlayStage.Playing,
        [ItemProgress.Refused] = PlayStage.Refused,
    };

    public override IReadOnlyCollection<Guid> Items { get; } = [.. progress.Items.Select(step => step.Item)];

    public override ValueTask Apply(IntakeBatch batch, Speaker of, CancellationToken cancel)
    {
        foreach (var step in progress.Items)
            Apply(step, batch, of);
        return ValueTask.CompletedTask;
    }

    void Apply(ItemStep step, IntakeBatch batch, Speaker of)
    {
        // Only of items that it was told to play.
        if (batch.PlayOf(Speaker, step.Item) is not { } play || !play.Report(stages[step.State], step.Reason, At))
            return;
        if (step.State == ItemProgress.Playing)
            of.Playing = step.Item;
        if (step.State == ItemProgress.Refused)
            (of.RefusedReason, of.RefusedAt) = (step.Reason, At);
        batch.Changed(play, of);
    }
}
