using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;

namespace Loa.Devices.Commands;

/// <summary>
/// An order to many belongs to every unit in which one of its speakers stands: who commands there sees the part that lies in
/// his reach, and takes back what of that part was not sent.
/// </summary>
static class BulkCommandPart
{
    public static IQueryable<SentCommand> Within(this IQueryable<SentCommand> commands, DevicesDb db, Reach reach)
    {
        var speakers = db.Speakers;
        return commands.InSight(
            reach,
            units => c => speakers.Any(s => s.Id == c.SpeakerId && units.Contains(s.UnitId))
        );
    }
}
