using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Packages;

/// <summary>
/// How much of the server's disk one technician's packages may take: one upload at a time, a few that nobody signed yet, so many
/// bytes a day.
/// </summary>
sealed class PackageBudget : IDisposable
{
    public const int MostDrafts = 20;
    const long MostBytesADay = 2L << 30;

    readonly Lock gate = new();
    readonly HashSet<Guid> bringing = [];
    readonly SemaphoreSlim turn = new(1);

    /// <summary>From the first byte of an upload to the answer; refused while another of the same officer is on its way.</summary>
    public IDisposable Enter(Guid officer)
    {
        lock (gate)
            Refuse.Unless(bringing.Add(officer), "package.uploading");
        return new Leaving(() =>
        {
            lock (gate)
                bringing.Remove(officer);
        });
    }

    /// <summary>One at a time names an archive or throws one away, so that none is thrown away that another just named.</summary>
    public async Task<IDisposable> Turn(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        return new Leaving(() => turn.Release());
    }

    /// <summary>Within the transaction that stores one more.</summary>
    public static async Task RefuseTooMany(
        DevicesDb db,
        Guid officer,
        long length,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var dayAgo = now.AddDays(-1);
        var his = await db
            .Packages.AsNoTracking()
            .Where(p => db.Cases.Any(c => c.Id == p.Id && c.OpenedBy == officer))
            .Where(p => p.State == PackageProcedure.Draft || p.At > dayAgo)
            .ToListAsync(cancel);
        Refuse.If(
            his.Count(p => p.State == PackageProcedure.Draft) >= MostDrafts,
            "package.too-many-drafts",
            MostDrafts
        );
        var today = his.Where(p => p.At > dayAgo).Sum(p => p.Read().Length);
        Refuse.If(today + length > MostBytesADay, "package.too-much-a-day", MostBytesADay >> 20);
    }

    public void Dispose() => turn.Dispose();

    sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
