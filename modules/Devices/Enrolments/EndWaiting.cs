using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>
/// The root was changed: whoever still waits was told the one of before, and its code fits no more. It introduces itself again and
/// shows a code for the next one.
/// </summary>
sealed class EndWaiting(DevicesDb db) : IHear<RootChanged>
{
    public Task Hear(RootChanged news, Guid key, CancellationToken cancel) =>
        db.Atomically(() => db.Enrolments.Where(e => e.SpeakerId == null).ExecuteDeleteAsync(cancel), cancel);
}
