using System.Globalization;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.People.Units;

/// <summary>On the home page of the province's administrator: units that lie in a ring or below nothing. None is no tile.</summary>
sealed class UnitTiles(UnitRegister register, TimeProvider clock) : IHomeTiles
{
    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        if (!sight.Over(PeopleRights.ManageUnits).Everywhere)
            return [];
        var day = clock.Today();
        var count = (await register.Faults(cancel)).Where(f => !f.IsOver(day)).DistinctBy(f => f.UnitId).Count();
        return count == 0
            ? []
            :
            [
                new(
                    Words.Get("home.unit-faults"),
                    count.ToString(CultureInfo.CurrentCulture),
                    Words.Get("home.unit-faults.note"),
                    "/units/faults",
                    NeedsAction: true,
                    Order: 5
                ),
            ];
    }
}
