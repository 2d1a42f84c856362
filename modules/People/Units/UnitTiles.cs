using System.Globalization;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.People.Units;

/// <summary>On the home page of the province's administrator: units that lie in a ring or below nothing. None is no tile.</summary>
sealed class UnitTiles(UnitRegister register, TimeProvider clock) : IDeskPart
{
    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        if (!desk.Sight.Over(PeopleRights.ManageUnits).Everywhere)
            return;
        var day = clock.Today();
        var count = (await register.Faults(cancel)).Where(f => !f.IsOver(day)).DistinctBy(f => f.UnitId).Count();
        if (count > 0)
            desk.Waiting.Rows.Add(
                new(Words.Get("home.unit-faults"), "/units/faults")
                {
                    Note = Words.Get("home.unit-faults.note"),
                    State = count.ToString(CultureInfo.CurrentCulture),
                    Tone = Tone.Act,
                    Verb = Words.Get("units.mend.do"),
                }
            );
    }
}
