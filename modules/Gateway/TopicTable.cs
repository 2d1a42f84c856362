using Loa.Air;
using Loa.Contracts.Gateway;

namespace Loa.Gateway;

/// <summary>Which capability takes what speakers say on which topic; two for one stop the start.</summary>
sealed class TopicTable
{
    readonly ReportTopic?[] reports = new ReportTopic?[Enum.GetValues<AirTopic>().Length];
    readonly IInstantReports?[] instants = new IInstantReports?[Enum.GetValues<AirTopic>().Length];

    public TopicTable(IEnumerable<ReportTopic> reports, IEnumerable<IInstantReports> instants)
    {
        Instants = [.. instants];
        foreach (var report in reports)
            Enter(this.reports, report.Topic, report);
        foreach (var instant in Instants)
            Enter(this.instants, instant.Topic, instant);
    }

    public IReadOnlyList<IInstantReports> Instants { get; }

    public ReportTopic? ReportsOf(AirTopic topic) => reports[(int)topic];

    public IInstantReports? InstantOf(AirTopic topic) => instants[(int)topic];

    static void Enter<T>(T?[] table, AirTopic topic, T taker)
        where T : class
    {
        if (table[(int)topic] is not null)
            throw new InvalidOperationException($"{topic} is taken twice.");
        table[(int)topic] = taker;
    }
}
