using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Health;
using Loa.Speaker.Messages;
using Loa.Speaker.Store;

namespace Loa.Speaker.Link;

/// <summary>Tells the server what is new here, beside the records.</summary>
sealed class News(
    MqttSession session,
    StateSnapshot report,
    ReportQueue reports,
    CommandReceipts answers,
    Checkup checkup,
    IDisk disk,
    TimeProvider clock
)
{
    StateMessage? told;

    /// <summary>How long nothing is new by itself.</summary>
    public TimeSpan Pause => checkup.Pause;

    /// <summary>A new connection.</summary>
    /// <param name="isUpToDate">Whether the server has all that was told before.</param>
    public void Begin(bool isUpToDate)
    {
        if (!isUpToDate)
            report.Repeat(reports);
        checkup.Begin();
        reports.StateChanged();
    }

    public async Task Tell(CancellationToken cancel)
    {
        // Taken first, so that no command is done before it was received.
        var answered = answers.Waiting();
        var (receipts, progress, stateChanged) = reports.Look();
        var state = report.State();
        if (stateChanged || state != told)
        {
            told = state;
            var now = state with { At = clock.GetUtcNow(), StorageFree = disk.Free };
            await session.Send(AirTopic.OutState, now.ToBytes(), cancel);
        }
        await session.Send(AirTopic.OutReceipt, receipts.Select(receipt => receipt.ToBytes()), cancel);
        reports.Told(receipts);
        if (progress is not null)
        {
            await session.Send(AirTopic.OutProgress, progress.ToBytes(), cancel);
            reports.Told(progress);
        }
        while (reports.NextLog is { } part)
        {
            await session.Send(AirTopic.OutLog, part.ToBytes(), cancel);
            reports.LogSent(part);
        }
        foreach (var answer in answered)
        {
            await session.Send(AirTopic.OutReceipt, answer.ToBytes(), cancel);
            answers.Told(answer);
        }
        if (await checkup.Look(cancel) is { } news)
            await session.Say(AirTopic.OutHealth, news.Told(), cancel);
    }
}
