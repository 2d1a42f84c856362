using Loa.Cases;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.People.Security;
using Loa.People.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>What an officer should know when he comes in: when he was here last and from where, what failed since, who reset him.</summary>
sealed class LastTime(PeopleDb db)
{
    public record Response(Stay? Last, long FailedSince, Reset? ResetBy)
    {
        public bool IsWorthALook => FailedSince > 0 || ResetBy is not null;
    }

    public record Stay(DateTimeOffset At, string Network, string Device);

    public record Reset(string By, DateTimeOffset At);

    /// <summary>As it was before this session began; with none, as it is now.</summary>
    public async Task<Response> Before(Guid officerId, Guid? sessionId, CancellationToken cancel)
    {
        var sessions = db.Sessions.AsNoTracking().Where(s => s.OfficerId == officerId);
        var began = await sessions
            .Where(s => s.Id == sessionId)
            .Select(s => (DateTimeOffset?)s.StartedAt)
            .FirstOrDefaultAsync(cancel);
        var last = await sessions
            .Where(s => s.Id != sessionId && (began == null || s.StartedAt < began))
            .OrderByDescending(s => s.StartedAt)
            .FirstOrDefaultAsync(cancel);
        var since = last?.StartedAt ?? DateTimeOffset.UnixEpoch;
        var failed = await db
            .SignIns.Where(s => s.OfficerId == officerId && SignInOutcome.Failures.Contains(s.Outcome))
            .Where(s => s.At > since && (began == null || s.At <= began))
            .SumAsync(s => s.Count, cancel);
        return new(
            last is null ? null : new(last.LastSeenAt, last.Network, last.Device),
            failed,
            await ResetAfter(officerId, since, cancel)
        );
    }

    async Task<Reset?> ResetAfter(Guid officerId, DateTimeOffset since, CancellationToken cancel) =>
        await db
            .Acts.AsNoTracking()
            .Where(a => a.CaseId == officerId && a.Procedure == OfficerProcedure.Definition.Name)
            .Where(a => a.Move == OfficerProcedure.Reset && a.At > since)
            .OrderByDescending(a => a.Seq)
            .Select(a => new Reset(a.By, a.At))
            .FirstOrDefaultAsync(cancel);
}
