using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Registry;

namespace Loa.Devices.Gateway;

/// <summary>A speaker says how far an item has come; its record will decide.</summary>
sealed class ProgressReport(Guid speaker, DateTimeOffset at, ProgressMessage progress) : Report(speaker, at)
{
    static readonly Dictionary<ItemProgress, PlayStage> stages = new()
    {
        [ItemProgress.Delivered] = PlayStage.Delivered,
        [ItemProgress.Verified] = PlayStage.Verified,
        [ItemProgress.Playing] = PlayStage.Playing,
        [ItemProgress.Refused] = PlayStage.Refused,
    };

    public override Guid? Item => progress.Item;

    public override ValueTask Apply(IntakeBatch batch, Speaker of, CancellationToken cancel)
    {
        // Only of items that it was told to play.
        if (
            batch.PlayOf(Speaker, progress.Item) is not { } play
            || !play.Report(stages[progress.State], progress.Reason, At)
        )
            return ValueTask.CompletedTask;
        if (progress.State == ItemProgress.Playing)
            of.Playing = progress.Item;
        if (progress.State == ItemProgress.Refused)
            (of.RefusedReason, of.RefusedAt) = (progress.Reason, At);
        batch.Changed(play, of);
        return ValueTask.CompletedTask;
    }
}
