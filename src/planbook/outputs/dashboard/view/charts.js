"use strict";
// The charts: ECharts on canvas, with tooltips drawn on it too, so that no text ever becomes markup.

(function (board) {
  const { LIGHTS, make } = board;
  const ROW_HEIGHT = 34;
  const MOST_ROWS = 24;

  /** Draws charts in the colours of `root` and again when these or the room change. */
  class Charts {
    constructor(root) {
      this.root = root;
      this.drawn = [];
      this.observer = new ResizeObserver((entries) => {
        for (const entry of entries) {
          const chart = echarts.getInstanceByDom(entry.target);
          if (chart) chart.resize();
        }
      });
    }

    /** Return an element that shows what `options(colours)` gives; `words` say the same to those who cannot see it. */
    place(words, options, height) {
      const element = make("div", "pb-chart", { role: "img", "aria-label": words });
      if (height) element.style.height = `${height}px`;
      this.drawn.push({ element, options });
      return element;
    }

    /** Free what the charts hold; their elements are about to go. */
    dispose() {
      this.observer.disconnect();
      for (const { element } of this.drawn) {
        const chart = echarts.getInstanceByDom(element);
        if (chart) chart.dispose();
      }
      this.drawn = [];
    }

    draw() {
      const style = getComputedStyle(this.root);
      const colour = (name) => style.getPropertyValue(`--${name}`).trim();
      const colours = Object.fromEntries([...LIGHTS, "ink", "muted", "rule", "sheet", "accent"].map((name) => [name, colour(name)]));
      for (const { element, options } of this.drawn) {
        const chart = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: "canvas" });
        chart.setOption({ ...common(colours, style.fontFamily), ...options(colours) }, true);
        chart.resize();
        this.observer.observe(element);
      }
    }
  }

  function common(colours, fontFamily) {
    return {
      animation: false,
      backgroundColor: "transparent",
      textStyle: { fontFamily, color: colours.ink },
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        confine: true,
        axisPointer: { type: "shadow" },
        backgroundColor: colours.sheet,
        borderColor: colours.rule,
        textStyle: { color: colours.ink, fontFamily },
      },
    };
  }

  function legend(colours) {
    return { bottom: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: colours.ink } };
  }

  function axis(colours, options) {
    return {
      axisLabel: { color: colours.muted },
      axisLine: { lineStyle: { color: colours.rule } },
      splitLine: { lineStyle: { color: colours.rule } },
      ...options,
    };
  }

  /** Return the lights that occur at all, as [light, label]. */
  function present(value, rows) {
    return value.lights
      .filter((one) => LIGHTS.includes(one.light) && rows.some((row) => row.lights[one.light]))
      .map((one) => [one.light, one.label]);
  }

  function shortened(text, length) {
    return text.length > length ? `${text.slice(0, length)}…` : text;
  }

  /** Tasks of each group by light, a bar a group. */
  function groupChart(charts, value) {
    const groups = value.groups.slice(0, MOST_ROWS);
    const words = groups.map((group) => `${group.title}${group.total}项`).join("，");
    const options = (colours) => ({
      grid: { left: 8, right: 24, top: 8, bottom: 40, containLabel: true },
      legend: legend(colours),
      xAxis: axis(colours, { type: "value", minInterval: 1 }),
      yAxis: axis(colours, {
        type: "category", inverse: true, data: groups.map((group) => group.title),
        axisLabel: { color: colours.ink, formatter: (text) => shortened(text, 12) },
      }),
      series: present(value, groups).map(([light, label]) => ({
        name: label, type: "bar", stack: "lights", barMaxWidth: 22, itemStyle: { color: colours[light] },
        data: groups.map((group) => group.lights[light] || 0),
      })),
    });
    return charts.place(`各${value.groups_by}任务亮灯：${words}`, options, Math.max(220, 80 + groups.length * ROW_HEIGHT));
  }

  /** Lights over the periods, with the share of agencies that returned their forms. */
  function trendChart(charts, value) {
    const periods = value.history;
    const words = periods.map((one) => `${one.label}红灯${one.lights.red || 0}项、黄灯${one.lights.yellow || 0}项`).join("，");
    const share = (one) => (one.issued ? Math.round((one.returned * 1000) / one.issued) / 10 : null);
    const options = (colours) => ({
      grid: { left: 8, right: 8, top: 32, bottom: 40, containLabel: true },
      legend: legend(colours),
      xAxis: axis(colours, { type: "category", data: periods.map((one) => one.label) }),
      yAxis: [
        axis(colours, { type: "value", name: "任务（项）", minInterval: 1, nameTextStyle: { color: colours.muted, align: "left" } }),
        axis(colours, {
          type: "value", name: "报送率（%）", min: 0, max: 100, splitLine: { show: false },
          nameTextStyle: { color: colours.muted, align: "right" },
        }),
      ],
      series: [
        ...present(value, periods).map(([light, label]) => ({
          name: label, type: "bar", stack: "lights", barMaxWidth: 48, itemStyle: { color: colours[light] },
          data: periods.map((one) => one.lights[light] || 0),
        })),
        {
          name: "报送率", type: "line", yAxisIndex: 1, symbolSize: 8, lineStyle: { width: 2, color: colours.accent },
          itemStyle: { color: colours.accent }, data: periods.map(share),
        },
      ],
    });
    return charts.place(`各期亮灯：${words}`, options);
  }

  /** One task's or indicator's numbers over the periods, against its target where it has one. */
  function lineChart(charts, words, points, unit, target) {
    const options = (colours) => ({
      grid: { left: 8, right: 24, top: 30, bottom: 8, containLabel: true },
      xAxis: axis(colours, { type: "category", data: points.map((one) => one.label) }),
      yAxis: axis(colours, { type: "value", name: unit, scale: true, nameTextStyle: { color: colours.muted, align: "left" } }),
      series: [{
        type: "line", symbolSize: 8, lineStyle: { color: colours.accent }, itemStyle: { color: colours.accent },
        label: { show: true, color: colours.ink }, data: points.map((one) => one.number),
        markLine: target === null ? undefined : {
          silent: true, symbol: "none", data: [{ yAxis: target, name: "目标" }],
          lineStyle: { color: colours.red, type: "dashed" }, label: { formatter: "目标", color: colours.ink },
        },
      }],
    });
    return charts.place(words, options, 220);
  }

  Object.assign(board, { Charts, groupChart, trendChart, lineChart });
})(window.PlanbookDashboard);
