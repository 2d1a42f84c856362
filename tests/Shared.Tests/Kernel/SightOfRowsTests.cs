namespace Loa.Kernel;

public sealed class SightOfRowsTests
{
    static readonly Guid mine = Guid.CreateVersion7();
    static readonly Guid foreign = Guid.CreateVersion7();
    static readonly Guid dissolved = Guid.CreateVersion7();

    static readonly Guid[] rows = [mine, foreign, dissolved, mine];

    static IEnumerable<Guid> Seen(Reach reach) =>
        rows.AsQueryable().InSight(reach, units => unit => units.Contains(unit));

    [Fact]
    public void A_list_shows_what_belongs_to_the_units_of_the_reader() =>
        Assert.Equal([mine, mine], Seen(new(Everywhere: false, [mine], [mine])));

    [Fact]
    public void Whoever_sees_everything_sees_what_belonged_to_a_unit_that_is_no_more() =>
        Assert.Equal(rows, Seen(new(Everywhere: true, [mine], [])));

    [Fact]
    public void Without_a_unit_nothing_is_seen() => Assert.Empty(Seen(new(Everywhere: false, [], [])));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_row_is_judged_as_the_list_is(bool everywhere)
    {
        var reach = new Reach(everywhere, [mine], everywhere ? [] : [mine]);
        Assert.Equal(Seen(reach), rows.Where(reach.Holds));
    }
}
