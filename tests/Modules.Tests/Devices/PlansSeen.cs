using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Loa.Devices.Data;
using Loa.Playout.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Loa.Devices;

/// <summary>Asks one server's database, for each question that is put to it, which way it goes to the answer.</summary>
sealed class PlansSeen : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    readonly ConcurrentBag<IDisposable> subscriptions = [];
    readonly ConcurrentDictionary<string, string[]> plans = new(StringComparer.Ordinal);

    readonly string database;

    /// <param name="database">Its connection string; other tests ask theirs meanwhile.</param>
    public PlansSeen(string database)
    {
        this.database = database;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The steps of each question about one of these tables, and the question.</summary>
    public IEnumerable<(string Sql, string[] Steps)> About(params string[] tables) =>
        plans
            .Where(p => tables.Any(t => p.Key.Contains($"\"{t}\"", StringComparison.Ordinal)))
            .Select(p => (p.Key, p.Value));

    public void Forget() => plans.Clear();

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory)
            subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Value is CommandEventData { Context: DevicesDb or PlayoutDb, Command: { } asked }
            && value.Key == RelationalEventId.CommandExecuting.Name
            && asked.CommandText.TrimStart().StartsWith("SELECT", StringComparison.Ordinal)
            && asked.Connection!.ConnectionString == database
            && !plans.ContainsKey(asked.CommandText)
        )
            plans[asked.CommandText] = Explain(asked);
    }

    static string[] Explain(DbCommand asked)
    {
        using var explain = asked.Connection!.CreateCommand();
        explain.Transaction = asked.Transaction;
        var sqlite = explain is SqliteCommand;
        explain.CommandText = (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + asked.CommandText;
        foreach (DbParameter parameter in asked.Parameters)
            explain.Parameters.Add(Copy(explain, parameter));
        using var reader = explain.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
            steps.Add(reader.GetString(sqlite ? 3 : 0).Trim());
        return [.. steps];
    }

    static DbParameter Copy(DbCommand to, DbParameter parameter)
    {
        if (parameter is ICloneable known)
            return (DbParameter)known.Clone();
        var copy = to.CreateParameter();
        (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
        return copy;
    }

    public void OnError(Exception error) { }

    public void OnCompleted() { }

    public void Dispose()
    {
        foreach (var subscription in subscriptions)
            subscription.Dispose();
    }

    const string DbLoggerCategory = "Microsoft.EntityFrameworkCore";
}
