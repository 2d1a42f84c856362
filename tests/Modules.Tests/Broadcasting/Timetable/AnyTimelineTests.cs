using FsCheck;
using FsCheck.Fluent;
using Check = FsCheck.Check;

namespace Loa.Broadcasting.Timetable;

/// <summary>Each law with a few hundred provinces; <c>bench/timetable --laws</c> tries a million.</summary>
[AnyEngine]
public sealed class AnyTimelineTests
{
    public static TheoryData<string> Laws => [.. AirLaws.All.Keys];

    [Theory, MemberData(nameof(Laws))]
    public void A_law_holds_whatever_is_planned(string law) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20261201, 1),
            Prop.ForAll(SomeAir.Any(), AirLaws.All[law])
        );
}
