namespace Loa.Broadcasting.Timetable;

[AnyEngine]
public sealed class TimetableCasesTests
{
    static readonly IReadOnlyList<TimetableCase> All = TimetableCase.Read(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "timetable-cases.txt"))
    );

    public static TheoryData<string> Titles => [.. All.Select(c => c.Title)];

    [Theory, MemberData(nameof(Titles))]
    public void A_case_is_decided_as_written(string title)
    {
        var @case = All.Single(c => c.Title == title);
        var air = @case.Decide();
        string[] said = [.. air.Fates.Select(@case.Told), @case.Told(air.Heard)];
        Assert.NotEmpty(@case.Expected);
        Assert.All(@case.Expected, expected => Assert.Contains(expected, said));
    }
}
