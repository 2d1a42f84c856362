using Loa.Contracts.Retention;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>What Devices keeps, and what becomes of it when it is old: the project's own choice, until somebody makes another.</summary>
static class DevicesKept
{
    public static void AddDevicesKept(this IServiceCollection services)
    {
        services.AddAging<DevicesDb, SentCommand>(
            "commands",
            "Commands",
            new(
                OldAge.Thin,
                new(OldAge.Thin, 30),
                LeastDays: 7,
                (db, before) =>
                    db
                        .Commands.Where(c => c.Jws != null && c.OrderedAt < before && c.Deadline < before)
                        .OrderBy(c => c.OrderedAt),
                (old, cancel) => old.ExecuteUpdateAsync(set => set.SetProperty(c => c.Jws, (string?)null), cancel)
            )
        );
        services.AddAging<DevicesDb, LogPart>(
            "logs",
            "Logs",
            new(
                OldAge.Delete,
                new(OldAge.Delete, LogPart.UsualDays),
                LeastDays: 1,
                (db, before) => db.Logs.Where(p => p.At < before).OrderBy(p => p.At),
                (old, cancel) => old.ExecuteDeleteAsync(cancel)
            )
        );
        services.AddAging<DevicesDb, Signal>(
            "signals",
            "Signals",
            new(
                OldAge.Delete,
                new(OldAge.Delete, AgeHealth.CoarseDays),
                LeastDays: 90,
                (db, before) => db.Signals.Where(s => s.At < before).OrderBy(s => s.At),
                (old, cancel) => old.ExecuteDeleteAsync(cancel)
            )
        );
        services.AddAging<DevicesDb, HealthDay>(
            "health",
            "HealthDays",
            new(
                OldAge.Delete,
                new(OldAge.Delete, AgeHealth.CoarseDays),
                LeastDays: 90,
                (db, before) => OfDaysBefore(db, VietnamTime.DayOf(before)),
                (old, cancel) => old.ExecuteDeleteAsync(cancel)
            )
        );
    }

    static IQueryable<HealthDay> OfDaysBefore(DevicesDb db, DateOnly day) =>
        db.HealthDays.Where(d => d.Day < day).OrderBy(d => d.Day);
}
